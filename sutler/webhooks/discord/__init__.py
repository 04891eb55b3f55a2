"""Webhooks of type Discord v1: a message in a channel instead of a JSON body."""
