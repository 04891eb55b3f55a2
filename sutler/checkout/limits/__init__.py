"""What limits a purchase: units that are left, and what the receiver has to have."""
