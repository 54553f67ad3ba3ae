"""Screens that make one record of two."""
