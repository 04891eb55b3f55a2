"""What a purchase costs: one pure function, which also says how it arrived at every amount."""
