"""Taking an offer of a checkout, and taking it off again."""
