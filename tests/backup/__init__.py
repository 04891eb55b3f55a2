"""Backup, restore, drill and doctor."""
