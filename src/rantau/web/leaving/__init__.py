"""Pages of the last stretch: clearance, groups, visas, arrivals, coming home, and what a person takes with them."""
