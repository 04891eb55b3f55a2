"""Images that managers upload and browsers load, and documents that the program makes."""
