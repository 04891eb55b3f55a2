"""Stores and API keys, as clients and other slices meet them."""
