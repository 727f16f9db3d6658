"""Pages of the verifiers' queue."""
