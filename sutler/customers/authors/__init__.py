"""Who made a customer and who changed them last, shown as people on request."""
