"""Customers in and out in great numbers."""
