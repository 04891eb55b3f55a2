"""Subscriptions as the wire shows them."""
