"""Whole installations: real processes, crashes and several servers on one database."""
