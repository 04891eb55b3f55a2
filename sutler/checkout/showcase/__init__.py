"""Products with what they cost whoever looks at them."""
