"""Tests of sutler.kernel.data."""
