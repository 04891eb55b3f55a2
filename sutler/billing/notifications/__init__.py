"""What gateways tell over HTTP: a reason to ask them, and nothing more."""
