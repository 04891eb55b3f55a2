"""What webhooks say about subscriptions and trials."""
