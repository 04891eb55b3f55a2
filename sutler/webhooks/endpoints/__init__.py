"""A webhook subscription: one event, one address."""
