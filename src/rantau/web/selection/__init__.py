"""Pages of rounds, results, objections, offers, the coordinator's desk."""
