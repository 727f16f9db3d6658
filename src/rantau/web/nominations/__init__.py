"""Pages of a school's invitations."""
