"""The lines of a subscription after a change."""
