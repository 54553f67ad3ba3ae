"""Screens of schools: the list, one school, its people and its calendar."""
