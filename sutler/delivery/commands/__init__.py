"""The command queue of a game server."""
