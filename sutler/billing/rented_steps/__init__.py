"""Which ladders somebody subscribes to."""
