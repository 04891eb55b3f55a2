"""How a product may be bought: once, again and again, or on trial."""
