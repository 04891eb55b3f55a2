"""How long the cycles of subscriptions are."""
