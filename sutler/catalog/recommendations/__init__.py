"""Products that are offered with others: what may be said of them."""
