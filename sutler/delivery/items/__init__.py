"""A delivery item: one unit in a customer's inventory, with its life cycle."""
