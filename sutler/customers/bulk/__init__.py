"""Making many customers at once."""
