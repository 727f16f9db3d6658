"""Stored files: checked, re-encoded, sealed with their owner's key, served only after a permission check."""
