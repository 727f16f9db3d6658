"""Commands that need the database; imported by name after Django has started."""
