"""Which gateways a store takes money through, and what they need to know."""
