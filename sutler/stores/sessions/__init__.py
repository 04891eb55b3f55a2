"""Signing in, and the tokens by which users are recognised afterwards."""
