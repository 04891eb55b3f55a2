"""The life of subscriptions from cycle to cycle."""
