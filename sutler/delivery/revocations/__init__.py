"""Taking items back by hand."""
