"""From an order to the game."""
