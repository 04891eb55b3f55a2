"""From commands with placeholders to what the queue holds."""
