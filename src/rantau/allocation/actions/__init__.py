"""What people and officers do in an allocation."""
