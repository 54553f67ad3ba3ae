"""Fixtures of screens: a route to walk, and a real browser."""

from tests.browser import browse, chromium_browser  # noqa: F401
from tests.routes import route  # noqa: F401
