"""Pages of the announcement, claims, questions and the eligibility self-check."""
