"""Changes of subscriptions that take effect, or do not any more."""
