"""Gift cards that pay for orders: reserved, spent, released and given back."""
