"""Pages for people: read the request, make one call, write the answer."""
