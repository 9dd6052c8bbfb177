"""What a reader takes away from a search: a feed to follow, JSON and tables to work with."""
