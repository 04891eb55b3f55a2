"""Evidence: everything that shows a bank who bought what, got it, and played."""
