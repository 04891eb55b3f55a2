"""The navigation of a store: a tree whose nodes are tags."""
