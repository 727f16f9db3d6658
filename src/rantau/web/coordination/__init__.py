"""Pages of what the offices of a programme do together: its milestones."""
