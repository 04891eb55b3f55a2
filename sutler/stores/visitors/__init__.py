"""The visitor who asks, and where they are."""
