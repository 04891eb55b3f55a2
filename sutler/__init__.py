"""Sutler: a self-hosted store engine for game servers."""

__version__ = "0.1.0"
