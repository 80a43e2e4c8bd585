"""Tests through the real doors."""
