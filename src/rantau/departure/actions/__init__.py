"""What people and offices do on the way from the offer to the arrival."""
