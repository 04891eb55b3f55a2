"""Trying a subscription for a while before it has to be paid."""
