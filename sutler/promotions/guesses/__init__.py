"""Codes that somebody tries until one fits: how many wrong ones are allowed."""
