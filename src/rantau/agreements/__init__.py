"""What the parties of a programme agree: mandates, clauses, approvals, signatures, open questions and duties."""
