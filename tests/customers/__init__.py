"""Customers, as clients and other slices meet them."""
