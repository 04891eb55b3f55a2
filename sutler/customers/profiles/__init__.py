"""What game platforms say of players: names, avatars and ids, fetched, kept for a day and written to customers."""
