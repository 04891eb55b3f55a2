"""What there is to give back of an order, and what a wish for some of it comes to."""
