"""How far a buyer has come on the page of a checkout."""
