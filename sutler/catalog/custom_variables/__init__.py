"""Custom variables: what a buyer is asked for, and what the answer costs."""
