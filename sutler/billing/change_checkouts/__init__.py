"""The checkouts that changes of subscriptions are paid with."""
