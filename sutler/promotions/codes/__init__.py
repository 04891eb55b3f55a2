"""Codes that buyers type in."""
