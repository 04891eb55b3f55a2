"""Tests of sutler.kernel.edge."""
