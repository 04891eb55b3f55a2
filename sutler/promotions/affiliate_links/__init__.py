"""Affiliate links: whoever brings buyers gets a share of what they pay."""
