"""Tests of sutler.kernel.work."""
