"""How the members of a request become the columns of a product."""
