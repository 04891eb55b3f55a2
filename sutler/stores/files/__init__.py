"""Images that managers upload and browsers load."""
