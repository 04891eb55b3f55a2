"""What buyers are told by mail."""
