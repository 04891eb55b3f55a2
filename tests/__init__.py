"""What Sutler promises, as its users see it."""
