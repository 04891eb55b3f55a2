"""What else is bought in the same orders."""
