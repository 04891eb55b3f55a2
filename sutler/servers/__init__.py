"""What runs the game."""
