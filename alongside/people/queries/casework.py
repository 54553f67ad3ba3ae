"""All casework somebody may read, searched by pupil, school, words, kind and day. Newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from alongside.core.actor import Actor
from alongside.core.prepared import planned_for_its_values
from alongside.people.models import (
    ChronologyEntry,
    ChronologyQuerySet,
    Enrolment,
    Pupil,
    called,
    reasons,
)
from alongside.rules import names

PAGE = 50
LOOKED_AT = 200  # Lines with the words that are tried for one page: some may be restricted.
EARLIEST, LATEST = date(1990, 1, 1), date(2200, 1, 1)
LAST_ID = 2**62


@dataclass(frozen=True)
class Sought:
    """What was asked for; anything empty does not narrow."""

    words: str = ""
    pupil: str = ""
    school: str = ""
    kinds: tuple[str, ...] = ()
    from_on: date | None = None
    to_on: date | None = None
    after: str = ""  # The last line of the page before.

    def __bool__(self) -> bool:
        return bool(
            self.words or self.pupil or self.school or self.kinds or self.from_on or self.to_on
        )


@dataclass(frozen=True)
class Found:
    """One page of lines, each with `pupil_name` and `author`, and where the next begins."""

    entries: list[ChronologyEntry]
    after: str = ""


def find_casework(actor: Actor, sought: Sought) -> Found:
    """Three questions at most: whose lines, which of them have the words, and what they say."""
    if not sought:
        return Found([])
    pupil_ids = _pupils(actor, sought)
    if not pupil_ids:
        return Found([])
    if sought.words:
        ids = _with_words(sought, pupil_ids)
        readable = list(_told(ChronologyEntry.objects.readable_by(actor).filter(pk__among=ids)))
        more = len(ids) == LOOKED_AT
    else:
        readable = list(_told(_by_facts(actor, sought, pupil_ids))[: PAGE + 1])
        more = len(readable) > PAGE
    shown = readable[:PAGE]
    return Found(shown, _place(shown[-1]) if shown and (more or len(readable) > PAGE) else "")


def _pupils(actor: Actor, sought: Sought) -> list[int]:
    """Within scope; by each word of a name, and by the school they are at today."""
    words = {f"word_{n}": word for n, word in enumerate(names.sought(sought.pupil))}
    school = names.normalise(sought.school)
    found = _reached(actor, bool(school), school=school, **words)
    return list({row["pupil_id"] for row in found})


@planned_for_its_values
def _reached(actor: Actor, is_at_school: bool, *, school: Any, **words: Any) -> QuerySet[Any]:
    """As `visible_to`, begun at what brings a pupil into scope: most of a county's pupils are not."""
    named = Q(merged_into=None)
    for word in words.values():
        named &= Q(search_name__contains=word)
    asked = Pupil.objects.filter(named)
    if is_at_school:
        at = Enrolment.objects.current(actor.today).filter(school__search_name__contains=school)
        asked = asked.filter(pk__in=at.values("pupil_id"))
    opened = asked.filter(pk__among=actor.reach.opened_ids).values(pupil_id=F("pk"))
    why = [reason.filter(pupil__in=asked).values("pupil_id") for reason in reasons(actor.reach)]
    return opened.union(*why, all=True)


def _with_words(sought: Sought, pupil_ids: Sequence[int]) -> list[int]:
    since, until = _bounds(sought)
    before, before_id = _read_place(sought.after)
    told: list[Any] = [
        list(pupil_ids),
        sought.words,
        list(sought.kinds),
        since,
        until,
        before,
        before_id,
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM sec.entries_found(%s, %s, %s::text[], %s, %s, %s, %s, %s)",
            [*told, LOOKED_AT],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _by_facts(actor: Actor, sought: Sought, pupil_ids: Sequence[int]) -> ChronologyQuerySet:
    since, until = _bounds(sought)
    before, before_id = _read_place(sought.after)
    found = ChronologyEntry.objects.readable_by(actor).filter(
        Q(occurred_at__lt=before) | Q(occurred_at=before, pk__lt=before_id),
        council_id=actor.council_id,
        pupil_id__among=list(pupil_ids),
        occurred_at__gte=since,
        occurred_at__lt=until,
    )
    return found.filter(kind__in=sought.kinds) if sought.kinds else found


def _told(found: ChronologyQuerySet) -> ChronologyQuerySet:
    named = found.with_author().annotate(pupil_name=called("pupil"))
    return named.order_by("-occurred_at", "-pk")


def _bounds(sought: Sought) -> tuple[datetime, datetime]:
    first = sought.from_on or EARLIEST
    last = min(sought.to_on or LATEST, LATEST) + timedelta(days=1)
    return _midnight(max(first, EARLIEST)), _midnight(last)


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


def _place(entry: ChronologyEntry) -> str:
    since = entry.occurred_at - datetime(1970, 1, 1, tzinfo=UTC)
    return f"{since // timedelta(microseconds=1)}.{entry.pk}"


def _read_place(after: str) -> tuple[datetime, int]:
    """Where a page begins; an address that makes no sense begins with the newest."""
    moment, _, pk = after.partition(".")
    if moment.isdigit() and pk.isdigit() and len(after) < 40:
        try:
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(moment)), int(pk)
        except OverflowError:
            pass
    return _midnight(LATEST), LAST_ID
