"""How subscriptions begin."""
