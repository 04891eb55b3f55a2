"""What one currency is worth in another: rates that the owner imports or pins."""
