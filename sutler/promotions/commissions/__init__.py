"""What affiliates earn."""
