"""The identities by which games know their players."""
