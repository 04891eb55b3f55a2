"""Test clocks: the time of a store in test mode, which stands still until somebody moves it."""
