"""Refunds that gateways tell of: those that were made on their own pages, and those that came back."""
