"""What can be banned, and the one form in which each of it is compared."""
