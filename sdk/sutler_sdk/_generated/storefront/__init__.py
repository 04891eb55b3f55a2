"""The storefront API. Made by `make sdk`; changes are lost."""
