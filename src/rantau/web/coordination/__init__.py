"""Pages of coordination: meetings and their minutes, the demand of ministries, declarations of interest."""
