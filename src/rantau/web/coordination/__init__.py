"""Pages of what the offices of a programme do together: milestones, meetings, demand, declared interests."""
