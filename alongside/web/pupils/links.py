"""Which records that a line tells of are closed to its reader, so that the line is no link to them."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.urls import Resolver404, resolve

from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.people.queries.chronology import Line
from alongside.plans.policy import sees_unapproved
from alongside.plans.queries import visible_plans
from alongside.referrals.queries import visible_referrals

RECORD = re.compile(r"/(plans|referrals)/(\d+)/")
NUMBER = re.compile(r"\d+")
VISIBLE: dict[str, Callable[[Actor], QuerySet[Any]]] = {
    "plans": visible_plans,
    "referrals": visible_referrals,
}


def closed_to(actor: Actor, lines: Iterable[Line]) -> frozenset[str]:
    """The addresses among these lines that this reader may not open, by role or by record.

    Whoever screens referrals and writes plans opens those of every pupil in view: nothing is asked.
    """
    urls = {line.entry.url for line in lines if line.entry and line.entry.url}
    closed = {url for url in urls if (needs := _needs(url)) and not actor.may(needs)}
    if sees_unapproved(actor) and actor.may(Permission.REFERRAL_SCREEN):
        return frozenset(closed)
    found = [m for url in urls - closed if (m := RECORD.match(url))]
    for kind, visible in VISIBLE.items():
        told = {int(m[2]): m.string for m in found if m[1] == kind}
        if told:
            is_open = visible(actor).filter(pk__in=told).values_list("pk", flat=True)
            closed |= {url for pk, url in told.items() if pk not in set(is_open)}
    return frozenset(closed)


def _needs(url: str) -> Permission | None:
    """What a role must hold to open a screen of ours; nothing is known of any other address."""
    return _needs_of(NUMBER.sub("1", urlsplit(url).path))


@lru_cache(maxsize=256)
def _needs_of(path: str) -> Permission | None:
    """Whichever record it is: many lines lead to few screens."""
    try:
        view = resolve(path).func
    except Resolver404:
        return None
    found = getattr(view, "screen", None)
    return found.needs if found else None
