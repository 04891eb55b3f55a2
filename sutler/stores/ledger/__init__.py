"""The books: append-only double entries that always balance."""
