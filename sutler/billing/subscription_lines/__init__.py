"""The lines that a subscription has at this moment."""
