"""Payments that stand for no money: those of orders that gift cards paid alone, or that cost nothing."""
