"""Commands that run for every product of a store."""
