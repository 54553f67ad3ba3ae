"""Fixtures of referrals: a case to ask other services from."""

from tests.routes import route  # noqa: F401
