"""The catalogue, as managers and visitors meet it."""
