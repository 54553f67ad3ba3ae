"""Notices as news: whom they are about, and a link only where it leads the reader somewhere."""

from collections.abc import Sequence
from typing import Any

from django.urls import Resolver404, resolve

from alongside.core.actor import Actor
from alongside.core.models import Notice
from alongside.core.permissions import Permission
from alongside.referrals.queries import visible_referrals
from alongside.web.dates import clock_time, short_weekday
from alongside.web.screens import Screen

# A child out of view closes every address but these, which open by a rule of their own.
OWN_RULES = {"concern", "task", "escalation"}


def news(actor: Actor, notices: Sequence[Notice], names: dict[int, str]) -> list[dict[str, object]]:
    """The variables of components/items.html. A child's name only for who may see the child."""
    referrals = _referrals_in_view(actor, notices, names)
    return [_item(actor, notice, names, referrals) for notice in notices]


def _item(
    actor: Actor, notice: Notice, names: dict[int, str], referrals: set[int]
) -> dict[str, object]:
    name = names.get(notice.pupil_id or 0, "")
    url = _address(actor, notice, bool(name), referrals)
    return {
        "icon": "message",
        "text": notice.text,
        "name": name or ("Read it" if url else ""),
        "url": url,
        "about": notice.text,  # Heard with the link, so that four links are told apart.
        "note": f"{short_weekday(notice.created_at)}, {clock_time(notice.created_at)}",
    }


def _address(actor: Actor, notice: Notice, sees_pupil: bool, referrals: set[int]) -> str:
    """Where this reader can read more; nothing rather than a page that says it is not for them."""
    url = notice.url or (f"/pupils/{notice.pupil_id}/" if sees_pupil else "")
    screen, parts, name = _screen_of(url)
    is_open = screen is not None and actor.may(screen.needs)
    if is_open and (
        sees_pupil
        or not notice.pupil_id
        or name in OWN_RULES
        or parts.get("referral_id") in referrals
    ):
        return url
    if sees_pupil and actor.may(Permission.PUPIL_VIEW):
        return f"/pupils/{notice.pupil_id}/"  # Their record, for who may not open what it is about.
    if notice.kind == "record.opened" and actor.may(Permission.AUDIT_VIEW):
        return f"/audit/?pupil={notice.pupil_id}"  # The same trail, by number, without the record.
    return ""


def _screen_of(url: str) -> tuple[Screen | None, dict[str, Any], str]:
    """The screen at an address, the numbers in it, and its name."""
    try:
        match = resolve(url.partition("?")[0].partition("#")[0])
    except Resolver404:
        return None, {}, ""
    return getattr(match.func, "screen", None), match.kwargs, match.url_name or ""


def _referrals_in_view(actor: Actor, notices: Sequence[Notice], names: dict[int, str]) -> set[int]:
    """A screener reads a referral before the pupil's record opens to them."""
    hidden = [n for n in notices if n.pupil_id and n.pupil_id not in names]
    found = (_screen_of(n.url)[1].get("referral_id") for n in hidden)
    ids = {referral_id for referral_id in found if referral_id}
    if not ids:
        return set()
    return set(visible_referrals(actor).filter(pk__in=ids).values_list("pk", flat=True))
