"""Measurements that print a table; none of them fails on time."""
