"""Ending subscriptions whose money went back, and giving back money that came too late."""
