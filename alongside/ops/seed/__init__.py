"""Fills an empty database: nothing, the demonstration, or a county's worth for measuring.

Everybody is invented, and obviously so. The same day gives the same data: one fixed seed.
"""
