"""What several payloads have in common."""
