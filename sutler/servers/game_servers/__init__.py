"""A game server links with its token and runs the commands that purchases queue."""
