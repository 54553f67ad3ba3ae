"""What an account signs in with besides its password, and the sessions it has open."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from alongside.core.models import Account

LABELS = {
    Authenticator.Type.TOTP: "Authenticator app",
    Authenticator.Type.WEBAUTHN: "Passkey",
    Authenticator.Type.RECOVERY_CODES: "Recovery codes",
}


def second_factors(account: Account | None) -> list[str]:
    """Each in words, with the day it was set up."""
    found = Authenticator.objects.filter(user=account).order_by("created_at", "pk")
    return [f"{LABELS[a.type]}, since {a.created_at:%-d %B %Y}" for a in found] if account else []


def remove_second_factors(account: Account) -> int:
    """Every one of them, recovery codes too: they may be on the device that was lost."""
    return Authenticator.objects.filter(user=account).delete()[0]


def end_sessions(account: Account) -> int:
    """Sign the account out wherever it is signed in. A session names its account inside only."""
    open_now = Session.objects.filter(expire_date__gt=timezone.now())
    theirs = [s.pk for s in open_now if s.get_decoded().get(SESSION_KEY) == str(account.pk)]
    return Session.objects.filter(pk__in=theirs).delete()[0]
