"""Everything that can be done to mandates, agreements, open questions and duties."""
