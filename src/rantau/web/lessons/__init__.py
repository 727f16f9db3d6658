"""Pages of lessons before departure: the teacher's day, planning, who came, results, how far everybody is."""
