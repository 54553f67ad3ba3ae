"""What allauth asks us: nobody signs up, secrets are stored encrypted, a session is counted."""

import base64
import hashlib
import logging
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from alongside.core.actor import council_code_of
from alongside.core.models import Account
from alongside.web.door import sessions

LOG = logging.getLogger(__name__)
# Messages of allauth that would only repeat what the page itself says.
_UNSAID = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right. "
        "After 5 wrong tries this account is locked for 30 minutes.",
        "incorrect_password": "This password is not right.",
        "too_many_login_attempts": "Too many tries. Wait 5 minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Account) -> None:
        super().login(request, user)
        sessions.start(request, user.pk)

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            sessions.end(request.user.pk)
        super().logout(request)

    def reauthenticate(self, user: Account, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has signed in within these five minutes is not asked again."""
        records = get_authentication_records(context.request, context.request.user)
        latest = max((record["at"] for record in records), default=0)
        if time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        if message_template not in _UNSAID:
            super().add_message(request, level, message_template, *args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right. Codes change every 30 seconds: "
        "type the one showing now.",
        "cannot_delete_authenticator": "Add another way to prove it is you before removing this one.",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second factor stays where one is required."""
        if not settings.SECOND_FACTOR_REQUIRED:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(
            pk=authenticator.pk
        )
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Alongside"}


class CouncilSignInAdapter(DefaultSocialAccountAdapter):
    """A council's own sign-in lets in people who have an account in that council, and nobody else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        is_known = sociallogin.is_existing
        account = sociallogin.user if is_known else self._account_named(sociallogin)
        council = sociallogin.provider.app.provider_id
        if account is None or council_code_of(account.pk) != council:
            page = render(request, "door/no_account.html", status=403)
            raise ImmediateHttpResponse(page)
        if not account.is_active:
            page = render(request, "account/account_inactive.html", status=403)
            raise ImmediateHttpResponse(page)
        if not is_known:  # From now on by the provider's own number for them.
            sociallogin.connect(request, account)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, exception: Any = None, **kwargs: Any
    ) -> None:
        LOG.warning("The sign-in of council %s failed: %s", provider.app.provider_id, exception)

    def _account_named(self, sociallogin: SocialLogin) -> Account | None:
        """By an e-mail address that the council has verified."""
        claims = _claims(sociallogin)
        email = str(claims.get("email", ""))
        is_verified = claims.get("email_verified") in (True, "true")  # Some send words.
        if email and (is_verified or self.is_email_verified(sociallogin.provider, email)):
            return Account.objects.filter(email__iexact=email).first()
        return None


def _claims(sociallogin: SocialLogin) -> dict[str, Any]:
    said = sociallogin.account.extra_data
    return said.get("userinfo") or said.get("id_token") or {}


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second factors" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
