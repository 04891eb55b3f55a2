"""Letting single customers try products that they otherwise could not."""
