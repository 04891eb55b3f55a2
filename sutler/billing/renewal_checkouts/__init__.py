"""The checkouts that the cycles of subscriptions are paid with."""
