"""Codes that buyers enter: coupons, gift cards and affiliates."""
