"""What customers have, as far as a purchase depends on it."""
