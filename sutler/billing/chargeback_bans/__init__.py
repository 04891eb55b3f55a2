"""Banning who disputes a payment, as far as the store's owner chose to."""
