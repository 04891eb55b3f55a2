"""What became of each queued command, step by step."""
