"""A member is a user who works in a store: its owner, who may do everything, or somebody with a role."""
