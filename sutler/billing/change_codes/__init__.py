"""Codes by mail with which customers confirm that they change a subscription."""
