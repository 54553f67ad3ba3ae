"""Accounts that can really sign in, and codes from an authenticator app."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

from alongside.core.models import Account
from tests.cast import PASSWORD


@pytest.fixture
def account_of(db, cast):
    """`account_of("asha")`: her account, with a password she knows."""

    def account(name: str) -> Account:
        found = Account.objects.get(pk=cast.accounts[name])
        found.set_password(PASSWORD)
        found.save(update_fields=["password"])
        return found

    return account


@pytest.fixture
def with_app(account_of):
    """The same, with an authenticator app set up; answers the account and its app's codes."""

    def account(name: str) -> tuple[Account, "App"]:
        found = account_of(name)
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(found, secret)
        RecoveryCodes.activate(found)
        return found, App(found, secret)

    return account


class App:
    """What shows the six numbers."""

    def __init__(self, account: Account, secret: str) -> None:
        self.account = account
        self.secret = secret

    def code(self) -> str:
        value = totp.hotp_value(self.secret, next(iter(totp.yield_hotp_counters_from_time())))
        return totp.format_hotp_value(value)

    def stored(self) -> str:
        return Authenticator.objects.get(user=self.account, type="totp").data["secret"]

    def is_stored_as(self, text: str) -> bool:
        return get_adapter().decrypt(self.stored()) == text
