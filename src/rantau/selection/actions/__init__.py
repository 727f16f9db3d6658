"""Everything that can be done in the selection, by stage: sessions, marking, rounds, objections, offers."""
