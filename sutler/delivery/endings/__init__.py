"""The end of what subscriptions gave."""
