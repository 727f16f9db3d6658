"""Everything that can be done to applications, by who does it: candidates, schools, callers, verifiers, the clock."""
