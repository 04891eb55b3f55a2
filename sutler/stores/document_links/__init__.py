"""Short-lived addresses under which one document can be fetched without credentials."""
