"""What a gateway says about a refund takes effect, once, however often and in whatever order it says it."""
