"""Passwords: what makes a good one, and how they are kept."""
