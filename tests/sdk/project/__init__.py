"""A project that uses the SDK as its users do, for the type checkers: whatever they say about it, they say to them."""
