"""Test sessions, marks, rounds, publication, objections, offers and the reserve list."""
