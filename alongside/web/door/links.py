"""One-time links for a new person to choose a password: signed, expiring, good for one use."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from alongside.core.models import Account

SALT = "alongside.first-sign-in"


def first_sign_in_url(account: Account) -> str:
    key = signing.dumps({"account": account.pk, "stamp": _stamp(account)}, salt=SALT)
    return settings.PUBLIC_URL + reverse("first-sign-in", args=[key])


def account_of(key: str) -> Account | None:
    """Whom a link is for, or None when it is wrong, too old or used."""
    hours = settings.FIRST_SIGN_IN_HOURS
    try:
        found = signing.loads(key, salt=SALT, max_age=hours * 3600)
    except signing.BadSignature:
        return None
    account = Account.objects.filter(pk=found["account"], is_active=True).first()
    if account and constant_time_compare(_stamp(account), found["stamp"]):
        return account
    return None


def _stamp(account: Account) -> str:
    """Changes when the password is set or the account signs in: a used link is a dead link."""
    return salted_hmac(
        SALT, f"{account.pk}{account.password}{account.last_login}", algorithm="sha256"
    ).hexdigest()[:32]
