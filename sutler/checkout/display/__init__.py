"""The currency that a visitor sees prices in."""
