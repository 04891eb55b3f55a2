"""Items whose time is over."""
