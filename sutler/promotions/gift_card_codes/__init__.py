"""The codes of gift cards: how they look, how they are made, and how they are kept."""
