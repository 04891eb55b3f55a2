"""Signing in with Steam: where to send the browser, and whether what it brings back is true."""
