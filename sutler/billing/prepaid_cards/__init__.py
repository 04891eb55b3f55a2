"""Cards that may be empty when they are to be charged again."""
