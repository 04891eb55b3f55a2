"""What customers pay for again and again: agreements that renew until somebody ends them."""
