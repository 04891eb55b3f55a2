"""Mechanisms that every part of the shop stands on; nothing here knows of shops."""
