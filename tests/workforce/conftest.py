"""The route's fixture, for tests of line management beside a case."""

from tests.routes import route  # noqa: F401
