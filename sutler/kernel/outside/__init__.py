"""The world beyond this process, guarded."""
