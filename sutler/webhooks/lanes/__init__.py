"""How many requests each address may have in flight."""
