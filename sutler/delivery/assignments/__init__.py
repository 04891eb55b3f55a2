"""Giving items by hand."""
