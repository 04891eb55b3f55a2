"""A line of a checkout: whether it can be had, where and for whom."""
