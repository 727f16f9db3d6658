"""Pages of who goes where: lists of wishes, the published division and its files, the coordinator's desk."""
