"""Measurements: scripts that make their data from a seed and print a table; none fails on time."""
