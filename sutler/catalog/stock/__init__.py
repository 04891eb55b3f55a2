"""How many units of a product may be sold in a stretch of time, and how many are left."""
