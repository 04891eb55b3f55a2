"""Promotions: gift cards, coupons and sales."""
