"""Pages of the announcement, claims and the eligibility self-check."""
