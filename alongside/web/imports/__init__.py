"""Screens of class lists: handed in, columns known, looked at line by line, applied."""
