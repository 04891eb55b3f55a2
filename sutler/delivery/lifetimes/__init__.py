"""How long an item lasts."""
