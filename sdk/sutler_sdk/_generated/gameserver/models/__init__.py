"""Models of the gameserver API. Made by `make sdk`; changes are lost."""
