"""Whole routes through the real service in a real browser."""
