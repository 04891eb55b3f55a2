"""What offers took off orders."""
