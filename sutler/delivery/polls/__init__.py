"""What this process remembers of polls, so that one that finds nothing costs nothing."""
