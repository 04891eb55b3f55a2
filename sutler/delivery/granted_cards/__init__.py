"""Gift cards that come with bought products."""
