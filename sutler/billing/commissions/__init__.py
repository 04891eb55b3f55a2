"""What affiliates earn from orders."""
