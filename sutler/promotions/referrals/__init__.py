"""Which affiliate brought a customer."""
