"""Benchmarks: Sutler beside hand-written floors and an ORM twin, in one run."""
