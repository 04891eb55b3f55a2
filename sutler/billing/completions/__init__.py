"""Completing orders, with everything that begins or goes on with them."""
