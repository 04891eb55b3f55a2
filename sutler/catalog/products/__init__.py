"""A product and its immutable versions."""
