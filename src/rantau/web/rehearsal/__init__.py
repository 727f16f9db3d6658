"""Pages of the door to what is played."""
