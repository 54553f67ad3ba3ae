"""Alongside: the casework system that children's inclusion services run on."""
