"""A buyer's answers to the custom variables of a product."""
