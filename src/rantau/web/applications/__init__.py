"""Pages of a candidate's registration, documents, status."""
