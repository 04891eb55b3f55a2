"""What staff do to the command queue: taking commands out of it, and sending some again."""
