"""Taking files in parts, for phones on bad lines."""
