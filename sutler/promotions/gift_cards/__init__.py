"""Gift cards: value that whoever knows the code may spend."""
