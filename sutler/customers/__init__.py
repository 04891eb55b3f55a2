"""Who buys and who receives."""
