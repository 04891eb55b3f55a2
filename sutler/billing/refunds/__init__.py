"""Giving money back: for a whole order, one line of it, or any part of what was paid."""
