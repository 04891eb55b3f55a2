"""The recipient of a gift: a customer, known already or not."""
