"""Items of a subscription that took over one from the other."""
