"""The mechanisms that every part of the shop stands on."""
