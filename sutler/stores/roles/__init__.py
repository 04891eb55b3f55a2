"""A role names what its members may do in a store."""
