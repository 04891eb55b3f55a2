"""A checkout session: what a customer is about to buy, and the token of its page."""
