"""How much a promotion takes off."""
