"""What is sold out, limited or only for some cannot be changed to either."""
