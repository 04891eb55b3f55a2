"""What the cycles of a subscription cost."""
