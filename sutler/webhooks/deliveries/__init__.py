"""What was sent to an address, how often, and what it answered."""
