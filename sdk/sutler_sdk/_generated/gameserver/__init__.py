"""The gameserver API. Made by `make sdk`; changes are lost."""
