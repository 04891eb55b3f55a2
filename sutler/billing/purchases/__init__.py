"""Orders as the customers who placed them see them."""
