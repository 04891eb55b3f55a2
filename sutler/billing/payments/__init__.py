"""A payment: one attempt to pay an order."""
