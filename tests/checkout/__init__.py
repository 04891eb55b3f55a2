"""Tests of checkouts and of what they cost."""
