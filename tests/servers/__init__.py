"""Game servers, as clients and other slices meet them."""
