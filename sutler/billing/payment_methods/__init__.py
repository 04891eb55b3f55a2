"""A payment method: a card, an account or a wallet, as far as its gateway tells."""
