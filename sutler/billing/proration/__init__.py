"""What a change of a subscription costs for the rest of its cycle."""
