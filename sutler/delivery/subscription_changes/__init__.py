"""What changes of subscriptions do to inventories."""
