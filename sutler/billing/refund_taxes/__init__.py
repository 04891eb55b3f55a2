"""Which taxes of an order a refund gives back."""
