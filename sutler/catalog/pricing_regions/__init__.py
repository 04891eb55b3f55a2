"""The regions of the world that may have prices of their own: Sutler's division of it, the same for all stores."""
