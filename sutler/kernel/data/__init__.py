"""How rows are kept: records, queries, the two databases and the door to a store's tables."""
