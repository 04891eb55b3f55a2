"""What happens after a commit: events and jobs."""
