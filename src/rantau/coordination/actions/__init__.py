"""Everything that can be done to meetings, to the demand of ministries and to declarations of interest."""
