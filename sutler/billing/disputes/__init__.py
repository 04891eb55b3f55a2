"""Disputes: a payer's bank takes money back, and the store may win it or lose it."""
