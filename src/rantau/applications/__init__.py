"""Nomination, registration, verification: a person's way to a verified application."""
