"""Which records that a line tells of are closed to its reader, so that the line is no link to them."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.people.queries.chronology import Line
from alongside.plans.policy import sees_unapproved
from alongside.plans.queries import visible_plans
from alongside.referrals.queries import visible_referrals

RECORD = re.compile(r"/(plans|referrals)/(\d+)/")
VISIBLE: dict[str, Callable[[Actor], QuerySet[Any]]] = {
    "plans": visible_plans,
    "referrals": visible_referrals,
}


def closed_to(actor: Actor, lines: Iterable[Line]) -> frozenset[str]:
    """The addresses of plans and referrals among these lines that this reader may not open.

    Whoever screens referrals and writes plans opens those of every pupil in view: nothing is asked.
    """
    if sees_unapproved(actor) and actor.may(Permission.REFERRAL_SCREEN):
        return frozenset()
    found = [m for line in lines if line.entry and (m := RECORD.match(line.entry.url))]
    closed = set()
    for kind, visible in VISIBLE.items():
        told = {int(m[2]): m.string for m in found if m[1] == kind}
        if told:
            is_open = visible(actor).filter(pk__in=told).values_list("pk", flat=True)
            closed |= {url for pk, url in told.items() if pk not in set(is_open)}
    return frozenset(closed)
