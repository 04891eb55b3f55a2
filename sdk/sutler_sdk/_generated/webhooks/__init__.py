"""What webhooks send. Made by `make sdk`; changes are lost."""
