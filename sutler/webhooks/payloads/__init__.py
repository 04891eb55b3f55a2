"""What webhooks say: the JSON v1 bodies."""
