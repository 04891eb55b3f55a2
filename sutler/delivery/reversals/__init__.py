"""What becomes of items when the money for them is gone."""
