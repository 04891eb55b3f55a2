"""Moving what depends on old versions of a product to its newest: subscriptions and items."""
