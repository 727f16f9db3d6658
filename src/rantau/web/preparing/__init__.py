"""Pages of the way to departure: where a person stands, their documents, the officers who look at them, the rules for all."""
