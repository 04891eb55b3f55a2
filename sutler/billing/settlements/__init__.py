"""What a gateway says takes effect, once, however often and in whatever order it says it."""
