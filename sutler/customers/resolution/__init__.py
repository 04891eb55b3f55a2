"""Finding out which player a name means before a customer is made of it."""
