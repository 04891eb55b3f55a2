"""Modules show visitors what goes on in a store: a goal, the latest purchases, the best customers."""
