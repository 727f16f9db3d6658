"""A whole programme played through the same actions on a made-up clock."""
