"""The route's fixture: a case of Robin Testerly's, led by asha."""

from tests.routes import route  # noqa: F401
