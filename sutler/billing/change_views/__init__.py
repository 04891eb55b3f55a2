"""Changes of subscriptions as the wire shows them."""
