"""What a product refers to must be there."""
