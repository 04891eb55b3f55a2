"""Ways to take money, behind one interface."""
