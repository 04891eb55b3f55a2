"""Changing what is known of a customer."""
