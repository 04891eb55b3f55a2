"""How long the offers that a subscription began with go on."""
