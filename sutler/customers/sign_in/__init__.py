"""Signing in to a storefront where a player's name is all that there is."""
