"""The management API. Made by `make sdk`; changes are lost."""
