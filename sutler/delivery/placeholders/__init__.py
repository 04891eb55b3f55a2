"""Placeholders in commands: what they stand for, and how they are filled in."""
