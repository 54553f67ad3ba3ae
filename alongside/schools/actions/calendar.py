"""Changes terms, INSET days and closures, of one school or of the council (`school=None`)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.rules.bounds import too_far, too_long_ago
from alongside.rules.calendar import SchoolCalendar, find_problems
from alongside.rules.words import day_in_words
from alongside.schools import policy
from alongside.schools.models import NonTeachingDay, School, Term
from alongside.schools.queries.calendar import as_rule, days_of, forget, terms_of

Kind = NonTeachingDay.Kind
LONGEST_NAME = 40
LONGEST_CLOSURE = timedelta(weeks=16)
LONGEST_TERM = timedelta(weeks=30)


@dataclass(frozen=True)
class TermFacts:
    name: str
    starts_on: date
    ends_on: date
    half_term_starts_on: date | None = None
    half_term_ends_on: date | None = None
    source: str = ""


@dataclass
class Entered:
    """How many terms and days a file brought, and how many stood already."""

    created: int = 0
    removed: int = 0
    unchanged: int = 0
    moved: int = 0  # Checks set from the calendar before, which follow it.


@transaction.atomic
def save_term(
    *, actor: Actor, school: School | None, facts: TermFacts, term: Term | None = None
) -> Term:
    """Enter a term, or correct one. A calendar that contradicts itself is not kept."""
    _require(actor, school)
    term = term or Term(school=school)
    if bool(facts.half_term_starts_on) != bool(facts.half_term_ends_on):
        raise Problem("A half-term needs its first and its last day.", "half_term_ends_on")
    if facts.ends_on - facts.starts_on > LONGEST_TERM:
        raise Problem(
            f"No term lasts from {day_in_words(facts.starts_on)} to {day_in_words(facts.ends_on)}.",
            "ends_on",
        )
    for name, value in vars(facts).items():
        setattr(term, name, value)
    _check_one(term)
    _check_all([each for each in terms_of(school) if each.pk != term.pk] + [term])
    term.save()
    _record(actor, school, "term.saved", name=term.name, starts_on=str(term.starts_on))
    return term


@transaction.atomic
def remove_term(*, actor: Actor, term: Term) -> None:
    _require(actor, term.school)
    _record(actor, term.school, "term.removed", name=term.name, starts_on=str(term.starts_on))
    term.delete()


@transaction.atomic
def save_day(
    *,
    actor: Actor,
    school: School | None,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    reason: str = "",
    day: NonTeachingDay | None = None,
) -> NonTeachingDay:
    """Enter an INSET day or a closure. When we learned of it is today, and stays."""
    _require(actor, school)
    ends_on = ends_on or starts_on
    if ends_on < starts_on:
        raise Problem("It cannot end before it starts.", "ends_on")
    if ends_on - starts_on > LONGEST_CLOSURE:
        raise Problem(
            f"That is longer than a term ({day_in_words(starts_on)} to {day_in_words(ends_on)}). "
            "If it is so, enter it in parts.",
            "ends_on",
        )
    if said := too_far(starts_on, ahead_of=actor.today, years=5) or too_long_ago(
        starts_on, before=actor.today, years=10
    ):
        raise Problem(said, "starts_on")
    if kind == Kind.CLOSURE and not reason.strip():
        raise Problem("Say why the school was closed: it is shown beside every date.", "reason")
    day = day or NonTeachingDay(school=school, learned_on=actor.today)
    day.kind, day.starts_on, day.ends_on, day.reason = kind, starts_on, ends_on, reason.strip()
    day.save()
    _record(actor, school, "day.saved", day_kind=kind, starts_on=str(starts_on))
    return day


@transaction.atomic
def remove_day(*, actor: Actor, day: NonTeachingDay) -> None:
    _require(actor, day.school)
    _record(actor, day.school, "day.removed", day_kind=day.kind, starts_on=str(day.starts_on))
    day.delete()


@transaction.atomic
def copy_from_council(*, actor: Actor, school: School) -> Entered:
    """Give a school the council's terms and INSET days as its own, to change from there."""
    _require(actor, school)
    terms = list(terms_of(None))
    if not terms:
        raise Problem("The council has no terms yet. Enter them first, or import them.")
    own = [as_rule(term) for term in terms_of(school)]
    entered = Entered()
    for term in terms:
        rule = as_rule(term)
        if any(rule.start <= each.end and each.start <= rule.end for each in own):
            entered.unchanged += 1
            continue
        term.pk, term.school = None, school
        term._state.adding = True
        term.save()
        entered.created += 1
    stand = {(day.kind, day.starts_on) for day in days_of(school)}
    for day in days_of(None).filter(kind=Kind.INSET):
        if (day.kind, day.starts_on) not in stand:
            day.pk, day.school = None, school
            day._state.adding = True
            day.save()
    _record(actor, school, "calendar.copied", terms=entered.created)
    return entered


@transaction.atomic
def follow_council(*, actor: Actor, school: School) -> None:
    """Take away a school's own terms and INSET days: from now on it follows the council's."""
    _require(actor, school)
    terms_of(school).delete()
    days_of(school).filter(kind=Kind.INSET).delete()
    _record(actor, school, "calendar.followed")


@transaction.atomic
def load_calendar(
    *, actor: Actor, school: School | None, calendar: SchoolCalendar, source: str
) -> Entered:
    """Bring the years that a file covers to what it says. The same file twice changes nothing."""
    _require(actor, school)
    if not calendar.terms:
        raise Problem("The file has no terms.")
    first, last = calendar.terms[0].start, calendar.terms[-1].end
    told = dict.fromkeys(replace(term, name=term.name[:LONGEST_NAME]) for term in calendar.terms)
    entered = Entered()
    for term in terms_of(school).filter(starts_on__lte=last, ends_on__gte=first):
        if as_rule(term) in told:
            del told[as_rule(term)]
            entered.unchanged += 1
        else:
            term.delete()
            entered.removed += 1
    for rule in told:
        half = rule.half_term or (None, None)
        Term.objects.create(
            school=school,
            name=rule.name,
            starts_on=rule.start,
            ends_on=rule.end,
            half_term_starts_on=half[0],
            half_term_ends_on=half[1],
            source=source[:200],
        )
        entered.created += 1
    _check_all(list(terms_of(school)))
    _load_days(actor, school, calendar, entered)
    _record(actor, school, "calendar.loaded", source=source[:120], **vars(entered))
    return entered


def _load_days(
    actor: Actor, school: School | None, calendar: SchoolCalendar, entered: Entered
) -> None:
    told = [(Kind.INSET, day, day, "") for day in sorted(calendar.training_days)]
    told += [(Kind.CLOSURE, c.first, c.last, c.reason) for c in calendar.closures]
    stand = {(d.kind, d.starts_on, d.ends_on) for d in days_of(school)}
    for kind, starts_on, ends_on, reason in told:
        if (kind, starts_on, ends_on) in stand:
            entered.unchanged += 1
            continue
        NonTeachingDay.objects.create(
            school=school,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason[:200],
            learned_on=actor.today,
        )
        entered.created += 1


def _require(actor: Actor, school: School | None) -> None:
    if school is None:
        require(policy.edit_council_calendar(actor))
    else:
        require(policy.edit_calendar(actor, school))


def _check_one(term: Term) -> None:
    """What the table itself would refuse, at the field it belongs to."""
    if term.ends_on <= term.starts_on:
        raise Problem("A term ends after it starts.", "ends_on")
    if term.half_term_starts_on and term.half_term_ends_on:
        if term.half_term_ends_on < term.half_term_starts_on:
            raise Problem("A half-term ends after it starts.", "half_term_ends_on")
        if not term.starts_on < term.half_term_starts_on <= term.half_term_ends_on < term.ends_on:
            raise Problem("Half-term lies within its term.", "half_term_starts_on")


def _check_all(terms: list[Term]) -> None:
    for problem in find_problems([as_rule(term) for term in terms]):
        raise Problem(str(problem), "starts_on")


def _record(actor: Actor, school: School | None, kind: str, **detail: object) -> None:
    forget(actor)
    subject = f"school {school.pk}" if school else "council"
    audit.record(actor=actor, kind=kind, subject=subject, detail=detail)
