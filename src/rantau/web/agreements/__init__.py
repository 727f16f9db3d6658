"""Pages of agreements: the public list, the negotiating table, writing, approving, papers."""
