"""Orders, payments and the books."""
