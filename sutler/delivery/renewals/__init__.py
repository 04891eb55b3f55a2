"""Items that the next one takes over from."""
