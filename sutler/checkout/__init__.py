"""From wanting to paying."""
