"""Which subscriptions fail, and pausing those that fail for days."""
