"""Pages of test sessions and marks."""
