"""Fixtures of screens: a route to walk."""

from tests.routes import route  # noqa: F401
