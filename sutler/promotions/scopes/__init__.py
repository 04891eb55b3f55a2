"""Which products a promotion is for."""
