"""`rantau …` in a terminal: what runs without Django first, what needs the database after."""
