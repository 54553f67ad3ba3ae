"""Fixtures of screens."""

from tests.routes import route  # noqa: F401
