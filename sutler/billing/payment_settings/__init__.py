"""How a store takes money: what its owner may decide about it."""
