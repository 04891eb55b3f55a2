"""What customers see of their carts."""
