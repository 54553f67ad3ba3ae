"""The route's fixture, for tests of cases."""

from tests.routes import route  # noqa: F401
