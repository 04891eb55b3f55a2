"""Changing what a running subscription is for, now or from its next renewal on."""
