"""Backups: the whole database in one checked file that neither depends on the engine nor on the machine."""
