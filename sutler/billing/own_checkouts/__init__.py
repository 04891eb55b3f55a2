"""Checkouts that the store opens itself, for what a subscription costs."""
