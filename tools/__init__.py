"""Scripts for those who work on Sutler; nothing here is installed."""
