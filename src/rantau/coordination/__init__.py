"""What offices do together: meetings with their decisions, demand for skills, declared interests."""
