"""What a store can expect every month from its subscriptions."""
