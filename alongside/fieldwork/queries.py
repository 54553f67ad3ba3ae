"""Questions about sessions and daily logs, within the actor's scope and classes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from alongside.cases.models import Case, CaseState
from alongside.cases.queries import pupil_names, visible_cases
from alongside.core.actor import Actor
from alongside.core.days import end_of
from alongside.fieldwork.models import DailyLog, Session, TargetMark, WorkQuerySet
from alongside.fieldwork.wording import url_of
from alongside.people.models import ChronologyEntry, Pupil
from alongside.referrals.models import SupportStart
from alongside.rules.numbers import number_in
from alongside.rules.words import day_in_words

PAGE = 25
MOST_EXPORTED = 5_000
DAY = timedelta(days=1)  # No session is longer.
ANOTHER_CHILD = "another child"  # Whom the reader may not see now.
Attendance = Session.Attendance


@dataclass(frozen=True)
class Hours:
    """Minutes of sessions: offered in all, attended whole, attended in part, missed."""

    offered: int = 0
    attended: int = 0
    part: int = 0
    missed: int = 0


@dataclass(frozen=True)
class Entry:
    """One session or one log, for a list of both."""

    moment: datetime
    written: Session | DailyLog
    is_session: bool

    @property
    def key(self) -> str:
        kind = "s" if self.is_session else "l"
        return f"{self.moment.isoformat()}~{kind}~{self.written.pk}"


@dataclass(frozen=True)
class Meanwhile:
    """Another session of the same worker at one time; of another child, with whom."""

    session: Session
    with_whom: str = ""


@dataclass(frozen=True)
class Page:
    entries: list[Entry] = field(default_factory=list)
    after: str = ""


def _readable[Q_: WorkQuerySet[Any]](actor: Actor, found: Q_) -> Q_:
    return found.filter(case__in=visible_cases(actor).values("pk")).readable_by(actor)


def visible_sessions(actor: Actor) -> WorkQuerySet[Session]:
    return _with_parts(_readable(actor, Session.objects.all()))


def visible_logs(actor: Actor) -> WorkQuerySet[DailyLog]:
    return _with_parts(_readable(actor, DailyLog.objects.all()))


def _with_parts[Q_: WorkQuerySet[Any]](found: Q_) -> Q_:
    marks = TargetMark.objects.select_related("target").order_by("target__order", "target")
    return found.select_related("recorded_by", "case", "shared_with").prefetch_related(
        Prefetch("marks", marks)
    )


def get_session(actor: Actor, session_id: int) -> Session:
    return visible_sessions(actor).select_related("pupil", "case__school").one(pk=session_id)


def get_log(actor: Actor, log_id: int) -> DailyLog:
    return visible_logs(actor).select_related("pupil", "case__school").one(pk=log_id)


def sessions_of(actor: Actor, pupil: Pupil) -> list[Session]:
    """Newest first."""
    return list(visible_sessions(actor).filter(pupil=pupil).order_by("-starts_at", "-pk"))


def logs_of(actor: Actor, pupil: Pupil) -> list[DailyLog]:
    return list(visible_logs(actor).filter(pupil=pupil).order_by("-on", "-pk"))


def own_log(actor: Actor, case: Case, on: date) -> DailyLog | None:
    """What this writer has already written of a day."""
    return DailyLog.objects.filter(case=case, on=on, recorded_by=actor.staff_id).first()


def own_session(actor: Actor, case: Case, starts_at: datetime) -> Session | None:
    mine = Session.objects.filter(case=case, recorded_by=actor.staff_id, starts_at=starts_at)
    return mine.order_by("pk").first()


def own_at_that_time(
    actor: Actor, pupil: Pupil, starts_at: datetime, minutes: int, besides: int = 0
) -> list[Meanwhile]:
    """The actor's own sessions that this one with a pupil overlaps, those with the same child first.

    One with that child that began at the very moment is the same one, which is not written again.
    """
    ends_at = starts_at + timedelta(minutes=minutes)
    mine = Session.objects.filter(
        recorded_by=actor.staff_id, starts_at__lt=ends_at, starts_at__gt=starts_at - DAY
    )
    mine = mine.exclude(pk=besides).exclude(pupil=pupil, starts_at=starts_at)
    found = [one for one in mine.order_by("starts_at", "pk") if one.ends_at > starts_at]
    same = [one for one in found if one.pupil_id == pupil.pk]
    others = [one for one in found if one.pupil_id != pupil.pk]
    names = pupil_names(actor, [one.pupil_id for one in others])
    return [Meanwhile(one) for one in same] + [
        Meanwhile(one, names.get(one.pupil_id, ANOTHER_CHILD)) for one in others
    ]


def line_of(written: Session | DailyLog) -> ChronologyEntry | None:
    """The line this wrote on the chronology."""
    return lines_of(written).filter(corrects=None).order_by("pk").first()


def lines_of(written: Session | DailyLog) -> QuerySet[ChronologyEntry]:
    """That line and every correction of it."""
    url = url_of(written)
    its = Q(url=url, corrects=None) | Q(corrects__url=url)
    return ChronologyEntry.objects.filter(its, pupil=written.pupil_id).order_by("pk")


def targets_to_mark(case: Case) -> list[Any]:
    """Targets of the plan in use; between a review and the next plan, of the one just reviewed."""
    plans = case.plans.filter(state__in=("AGREED", "REVIEWED")).order_by("state", "-number")
    plan = plans.first()
    return list(plan.targets.order_by("order")) if plan else []


def marks_of(target: Any) -> list[TargetMark]:
    """Every mark of one target, oldest first."""
    day = Coalesce("session__starts_at", "daily_log__created_at")
    marks = TargetMark.objects.filter(target=target).select_related("session", "daily_log")
    return list(marks.order_by(day, "pk"))


def hours(case: Case) -> Hours:
    """What was offered in a case and what was taken up, in minutes."""
    return _hours(Session.objects.filter(case=case))


def hours_of(actor: Actor, pupil: Pupil) -> Hours:
    return _hours(_readable(actor, Session.objects.filter(pupil=pupil)))


def _hours(sessions: QuerySet[Session]) -> Hours:
    summed = dict(
        sessions.order_by().values("attendance").annotate(m=Sum("minutes")).values_list(
            "attendance", "m"
        )
    )  # fmt: skip
    return Hours(
        offered=sum(summed.values()),
        attended=summed.get(Attendance.ATTENDED, 0),
        part=summed.get(Attendance.PART, 0),
        missed=summed.get(Attendance.MISSED, 0),
    )


def diary(actor: Actor, pupil: Pupil, after: str = "", most: int = PAGE) -> Page:
    """Sessions and logs together, newest first; a day's log stands above its sessions."""
    sessions = visible_sessions(actor).filter(pupil=pupil).order_by("-starts_at", "-pk")
    logs = visible_logs(actor).filter(pupil=pupil).order_by("-on", "-pk")
    if cursor := _cursor(after):
        moment, kind, key = cursor
        day = timezone.localdate(moment)
        if kind == "s":
            sessions = sessions.filter(Q(starts_at__lt=moment) | Q(starts_at=moment, pk__lt=key))
            logs = logs.filter(on__lt=day)
        else:
            sessions = sessions.filter(starts_at__lte=end_of(day))
            logs = logs.filter(Q(on__lt=day) | Q(on=day, pk__lt=key))
    found = [Entry(timezone.localtime(s.starts_at), s, True) for s in sessions[: most + 1]]
    found += [Entry(_end_of(log.on), log, False) for log in logs[: most + 1]]
    found.sort(key=lambda e: (e.moment, not e.is_session, e.written.pk), reverse=True)
    shown = found[:most]
    return Page(shown, shown[-1].key if len(found) > most else "")


def cases_to_work(actor: Actor, pupil: Pupil) -> list[Case]:
    """Cases of the pupil that are not closed, the newest first."""
    found = visible_cases(actor).filter(pupil=pupil).exclude(state=CaseState.CLOSED)
    return list(found.order_by("-opened_on", "-pk"))


def whole_diary(actor: Actor, pupil: Pupil) -> Iterator[Entry]:
    return iter(diary(actor, pupil, most=MOST_EXPORTED).entries)


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def _cursor(after: str) -> tuple[datetime, str, int] | None:
    """Where the page before ended; anything unreadable starts from the newest."""
    moment, _, rest = after.partition("~")
    kind, _, key = rest.partition("~")
    try:
        when = datetime.fromisoformat(moment)
    except ValueError:
        return None
    number = number_in(key)
    if when.tzinfo is None or kind not in ("s", "l") or number is None:
        return None
    return when, kind, number


def before_support(written: Session | DailyLog) -> str:
    """That this was before support of the case began, in words; else nothing.

    It is kept: what is assessed beforehand is work too. Who mistyped the day reads it here.
    """
    began_on = SupportStart.objects.filter(case=written.case_id).values_list("starts_on", flat=True)
    on = timezone.localdate(written.starts_at) if isinstance(written, Session) else written.on
    for began in began_on:
        if on < began:
            return (
                f"{day_in_words(on)} is before support began on {day_in_words(began)}. "
                "It is kept; change the day if it is a slip."
            )
    return ""
