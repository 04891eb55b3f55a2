"""What a coupon may be."""
