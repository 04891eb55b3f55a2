"""Tests of orders, payments, the books and the gateways."""
