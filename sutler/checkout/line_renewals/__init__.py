"""Which lines of a checkout renew, and how often."""
