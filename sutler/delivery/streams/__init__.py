"""The command queue as a stream of events: commands reach a game server that listens within milliseconds."""
