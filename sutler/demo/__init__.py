"""The demo store: test mode, a shop worth looking at; made once, with fresh credentials each time."""

from sutler.demo.stand import Demo, stand

__all__ = ["Demo", "stand"]
