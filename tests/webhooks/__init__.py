"""Webhooks as their subscribers and receivers see them."""
