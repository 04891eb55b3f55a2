"""The rules of a product: what may be said of one, and which addresses it can have."""
