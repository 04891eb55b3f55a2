"""Sales: what is cheaper for everybody for a while."""
