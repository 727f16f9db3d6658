"""Pages about messages: where they reach a person, one-time codes, what did not arrive, which channels were tried."""
