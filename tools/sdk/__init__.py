"""Writes the generated part of the Python SDK from the contract's facts in tests/contract."""
