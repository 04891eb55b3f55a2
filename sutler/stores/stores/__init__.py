"""A store is one shop: its name, platform, currency and settings."""
