"""Pages of signing in and up, guardians, lost access."""
