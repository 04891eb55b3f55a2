"""Products that are made for one checkout."""
