"""Holding what a customer tries, so that nobody tries the same thing twice at the same time."""
