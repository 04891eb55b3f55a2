"""Refunds as they are written down before their gateways are asked, or when gateways tell of them."""
