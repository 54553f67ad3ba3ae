"""A pupil's chronology as one actor may read it: newest first, a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q

from alongside.core.actor import Actor
from alongside.core.days import day_of, end_of, start_of
from alongside.core.handling import InformationClass
from alongside.core.models import Staff
from alongside.core.prepared import prepared
from alongside.core.reach import Reading
from alongside.people.models import ChronologyEntry, ChronologyQuerySet, EntryKind, Pupil

PAGE = 50
MOST_EXPORTED = 20_000
OPENING = 700  # Characters of a note that a list shows; the whole has a page of its own.
ICONS = {
    EntryKind.REFERRAL: "referral",
    EntryKind.CASE: "flag",
    EntryKind.ALLOCATION: "person",
    EntryKind.CONTACT: "message",
    EntryKind.ASSESSMENT: "measure",
    EntryKind.VOICE: "voice",
    EntryKind.PLAN: "plan",
    EntryKind.SESSION: "session",
    EntryKind.DAILY_LOG: "session",
    EntryKind.REVIEW: "target",
    EntryKind.FRAMEWORK: "up",
    EntryKind.MOVE: "school",
    EntryKind.INCIDENT: "flag",
    EntryKind.CONCERN: "restricted",
    EntryKind.DOCUMENT: "document",
    EntryKind.NOTE: "note",
    EntryKind.SCHOOL: "school",
}


@dataclass(frozen=True)
class Chosen:
    """Which lines were asked for. Everything empty is the whole chronology."""

    kinds: tuple[str, ...] = ()
    from_on: date | None = None
    to_on: date | None = None
    words: str = ""

    @property
    def hides_presence(self) -> bool:
        """What a restricted line is about is not given away by whether a filter finds it."""
        return bool(self.kinds or self.words)

    def __bool__(self) -> bool:
        return bool(self.kinds or self.from_on or self.to_on or self.words)


FOR_NAMED = "For named people only"


@dataclass(frozen=True)
class Line:
    """One line as shown: read in full, or only that there is something and whom to ask."""

    on: date
    information_class: InformationClass
    is_restricted: bool = False
    entry: ChronologyEntry | None = None
    icon: str = "restricted"
    recorded_late: datetime | None = None
    corrections: tuple[ChronologyEntry, ...] = ()
    ask: str = ""  # Whom to ask of a note for named people.

    @property
    def for_whom(self) -> str:
        """That a note is for named people, wherever it stands: on a screen, on paper, in a file."""
        if self.entry is None:
            return FOR_NAMED if self.ask else ""
        if not self.entry.readers:
            return ""
        return f"{FOR_NAMED}, hidden from others" if self.entry.is_hidden else FOR_NAMED


@dataclass(frozen=True)
class Page:
    """Lines of one page, and where the next one starts (empty when this is the last)."""

    lines: list[Line] = field(default_factory=list)
    after: str = ""


def chronology(actor: Actor, pupil: Pupil, chosen: Chosen, after: str = "") -> Page:
    """One page, with presence lines between. Two queries, and one for corrections."""
    start = _read_place(after)
    found = _entries(actor, pupil, chosen, PAGE + 1, start, is_whole=False)
    shown, more = found[:PAGE], len(found) > PAGE
    _add_corrections(actor, shown)
    present = [] if chosen.hides_presence else presence(actor, pupil)
    newest = day_of(start[0]) if start else None
    oldest = _day(shown[-1]) if more else None
    between = [
        line
        for line in present
        if (newest is None or line.on < newest)
        and (oldest is None or line.on >= oldest)
        and (chosen.from_on is None or line.on >= chosen.from_on)
        and (chosen.to_on is None or line.on <= chosen.to_on)
    ]
    return Page(
        lines=_merged([_line(entry) for entry in shown], between),
        after=_place(shown[-1]) if more else "",
    )


def whole_chronology(actor: Actor, pupil: Pupil, chosen: Chosen) -> list[Line]:
    """Every line, oldest first, as a hearing reads it."""
    present = [] if chosen.hides_presence else presence(actor, pupil)
    return list(reversed(_merged(read_lines(actor, pupil, chosen), present)))


def lately(actor: Actor, pupil: Pupil, most: int = 6) -> list[Line]:
    """The newest few lines, restricted ones keeping their place and date."""
    entries = _entries(actor, pupil, Chosen(), most, is_whole=False)
    return _merged(map(_line, entries), presence(actor, pupil))[:most]


def read_lines(actor: Actor, pupil: Pupil, chosen: Chosen) -> list[Line]:
    """The lines that may be read, newest first, without those only known of."""
    entries = _entries(actor, pupil, chosen, MOST_EXPORTED)
    _add_corrections(actor, entries)
    return [_line(entry) for entry in entries]


def presence(actor: Actor, pupil: Pupil) -> list[Line]:
    """Days with a record that this actor may know of and not read, newest first.

    A note for named people says whom to ask: its writer.
    """
    if not actor.sees_flag and not actor.reads_work:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.chronology_presence(%s)", [pupil.pk])
        return [
            Line(on=on, information_class=InformationClass(code), is_restricted=True, ask=ask)
            for on, code, ask in cursor.fetchall()
        ]


def get_entry(actor: Actor, pupil: Pupil, entry_id: int) -> ChronologyEntry:
    """One line that the actor may read, or `NotFound`."""
    readable = ChronologyEntry.objects.readable_by(actor).filter(pupil=pupil)
    return readable.select_related("pupil", "school", "recorded_by").one(pk=entry_id)


def names_of_readers(entry: ChronologyEntry) -> list[str]:
    """Who alone may read this line, its writer among them; empty when nobody was named."""
    people = Staff.objects.filter(pk__in=entry.readers).order_by("name", "pk")
    return list(people.values_list("name", flat=True)) if entry.readers else []


def _entries(
    actor: Actor,
    pupil: Pupil,
    chosen: Chosen,
    most: int,
    start: tuple[datetime, int] | None = None,
    *,
    is_whole: bool = True,
) -> list[ChronologyEntry]:
    """Newest first, each with its `author`. What every record shows first is a prepared query.

    Unless `is_whole`, of a long note only how it `begins` is fetched: a page holds fifty.
    """
    if not chosen and start is None:
        return _newest(actor.reading, most, is_whole, pupil_id=pupil.pk, staff_id=actor.staff_id)
    entries = _readable(actor.reading, is_whole, pupil.pk, actor.staff_id)
    if start:
        at, pk = start
        entries = entries.filter(Q(occurred_at__lt=at) | Q(occurred_at=at, pk__lt=pk))
    if chosen.kinds:
        entries = entries.filter(kind__in=chosen.kinds)
    if chosen.from_on:
        entries = entries.filter(occurred_at__gte=start_of(chosen.from_on))
    if chosen.to_on:
        entries = entries.filter(occurred_at__lte=end_of(chosen.to_on))
    for word in chosen.words.split():
        entries = entries.filter(Q(summary__icontains=word) | Q(detail__icontains=word))
    return list(entries[:most])


@prepared
def _newest(
    reading: Reading, most: int, is_whole: bool, *, pupil_id: Any, staff_id: Any
) -> ChronologyQuerySet:
    return _readable(reading, is_whole, pupil_id, staff_id)[:most]


def _readable(reading: Reading, is_whole: bool, pupil_id: Any, staff_id: Any) -> ChronologyQuerySet:
    entries = ChronologyEntry.objects.read_as(reading, staff_id).with_author()
    if not is_whole:
        entries = entries.with_beginning(OPENING + 1).defer("detail")
    return entries.filter(pupil_id=pupil_id, corrects=None).order_by("-occurred_at", "-pk")


def _add_corrections(actor: Actor, entries: list[ChronologyEntry]) -> None:
    """Gives each entry its `addenda`, in one query."""
    addenda: dict[int, list[ChronologyEntry]] = {entry.pk: [] for entry in entries}
    found = _corrections(actor.reading, entry_ids=list(addenda), staff_id=actor.staff_id)
    for correction in found:
        addenda[correction.corrects_id].append(correction)
    for entry in entries:
        entry.addenda = addenda[entry.pk]


@prepared
def _corrections(reading: Reading, *, entry_ids: Any, staff_id: Any) -> ChronologyQuerySet:
    readable = ChronologyEntry.objects.read_as(reading, staff_id).with_author()
    return readable.filter(corrects_id__among=entry_ids).order_by("pk")


def _line(entry: ChronologyEntry) -> Line:
    recorded_on = day_of(entry.created_at)
    return Line(
        on=_day(entry),
        information_class=InformationClass(entry.information_class),
        entry=entry,
        icon=ICONS[EntryKind(entry.kind)],
        recorded_late=entry.created_at if recorded_on > _day(entry) else None,
        corrections=tuple(entry.addenda),
    )


def _merged(entries: Iterable[Line], present: Iterable[Line]) -> list[Line]:
    """Newest first. A restricted line has a day and no hour: it stands first in its day."""
    both = [*present, *entries]
    return sorted(both, key=lambda line: line.on, reverse=True)


def _day(entry: ChronologyEntry) -> date:
    return day_of(entry.occurred_at)


def _place(entry: ChronologyEntry) -> str:
    """Where a page ends: the microsecond and the number of its last line."""
    since = entry.occurred_at - datetime(1970, 1, 1, tzinfo=UTC)
    return f"{since // timedelta(microseconds=1)}.{entry.pk}"


def _read_place(after: str) -> tuple[datetime, int] | None:
    moment, _, pk = after.partition(".")
    if not (moment.lstrip("-").isdigit() and pk.isdigit()) or len(after) > 40:
        return None
    try:
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(moment))
    except OverflowError:
        return None
    return at, int(pk)
