"""Pages for those at home: what parents need to know, the monthly note that may be shared, whom to tell."""
