"""Printed documents in words: why one cannot be printed or sealed."""
