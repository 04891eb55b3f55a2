"""Renewing subscriptions: a renewal is a checkout that the store opens and pays with what the payer let it keep."""
