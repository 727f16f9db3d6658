"""Programme versions, their rehearsals and clocks, and intakes."""
