"""Who may try what."""
