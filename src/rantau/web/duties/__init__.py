"""Pages of duties, and of the mandates by which people act for the offices that owe them."""
