"""Generated code. Made by `make sdk`; changes are lost."""
