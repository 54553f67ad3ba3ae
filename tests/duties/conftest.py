"""The route's fixture, for tests of what is due."""

from tests.routes import route  # noqa: F401
