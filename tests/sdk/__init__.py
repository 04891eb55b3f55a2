"""Tests of the Python SDK's own machinery."""
