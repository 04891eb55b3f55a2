"""Stores and the keys that manage them."""
