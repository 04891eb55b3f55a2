"""What follows when money that was given back comes back to the store."""
