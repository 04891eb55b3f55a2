"""What an order is for: a purchase, the beginning of a subscription, one of its renewals, or a change of it."""
