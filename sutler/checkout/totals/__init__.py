"""What checkouts and carts come to."""
