"""Coupons: codes that make a purchase cheaper."""
