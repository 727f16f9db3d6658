"""From the offer to the arrival, and home again: preparation, documents, clearance, groups, what was charged."""
