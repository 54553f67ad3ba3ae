"""A school's own terms, else the council's; closures of both; a file read once and once only."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.core import audit
from alongside.core.decisions import Problem, Refused
from alongside.exchange.calendars import apply_terms, read_terms
from alongside.schools.actions import calendar as actions
from alongside.schools.models import Term
from alongside.schools.queries import calendar_of, open_day
from tests.children import Children

pytestmark = pytest.mark.django_db
LUTON = Path(__file__).parent.parent / "data" / "calendars" / "luton_2025_26.json"
AUTUMN = actions.TermFacts("Autumn", date(2026, 9, 1), date(2026, 12, 18))


@pytest.fixture
def school(cast):
    return Children(cast, maker="adam").school("chalkhill")


def closed(actor, school, on, kind="CLOSURE"):
    return actions.save_day(
        actor=actor, school=school, kind=kind, starts_on=on, reason="no heating"
    )


@pytest.mark.parametrize(
    ("day", "open_on"),
    [
        (date(2026, 11, 6), date(2026, 11, 6)),
        (date(2026, 11, 7), date(2026, 11, 9)),  # A Saturday.
        (date(2026, 10, 29), date(2026, 11, 2)),  # Half-term in between.
    ],
)
def test_a_day_that_we_set_is_a_school_day(acting, school, day, open_on):
    actor = acting("mina")
    Term.objects.create(
        school=school,
        name="Autumn",
        starts_on=date(2026, 9, 2),
        half_term_starts_on=date(2026, 10, 26),
        half_term_ends_on=date(2026, 10, 30),
        ends_on=date(2026, 12, 18),
    )

    assert open_day(actor, school.pk, day) == open_on


def test_a_school_without_terms_follows_the_council(acting, school):
    actor = acting("mina")
    actions.save_term(actor=actor, school=None, facts=AUTUMN)
    closed(actor, school, date(2026, 9, 8))
    closed(actor, None, date(2026, 9, 9))

    calendar = calendar_of(actor, school)

    assert calendar.why_not(date(2026, 9, 8)) == "closed: no heating"
    assert calendar.why_not(date(2026, 9, 9)) == "closed: no heating"
    assert calendar.is_school_day(date(2026, 9, 10))


def test_a_school_with_terms_of_its_own_keeps_its_own_training_days(acting, school):
    actor = acting("mina")
    closed(actor, None, date(2026, 9, 9), kind="INSET")
    actions.save_term(actor=actor, school=school, facts=AUTUMN)

    assert calendar_of(actor, school).is_school_day(date(2026, 9, 9))


def test_the_calendars_of_many_schools_are_read_in_two_queries(acting, cast):
    children = Children(cast, maker="adam")
    schools = [children.school(name) for name in ("chalkhill", "marlpit", "orchard")]
    actor = acting("mina")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        for school in schools:
            calendar_of(actor, school)

    assert len(queries) == 2


def test_copied_terms_are_the_schools_own_and_copying_again_changes_nothing(acting, school):
    actor = acting("mina")
    actions.save_term(actor=actor, school=None, facts=AUTUMN)

    first = actions.copy_from_council(actor=actor, school=school)
    again = actions.copy_from_council(actor=actor, school=school)

    assert (first.created, again.created) == (1, 0)
    assert Term.objects.filter(school=school).count() == 1


def test_a_file_of_term_dates_twice_changes_nothing(acting, school):
    actor, calendar = acting("adam"), read_terms(LUTON.read_bytes())

    first = apply_terms(actor=actor, school=None, calendar=calendar, source="luton.json")
    again = apply_terms(actor=actor, school=None, calendar=calendar, source="luton.json")

    assert (first.created, again.created, again.removed, again.unchanged) == (4, 0, 0, 4)


def terms(**changed):
    autumn = {"name": "Autumn", "start": "2026-09-01", "end": "2026-12-18", **changed}
    return json.dumps({"terms": [autumn]}).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[1,", "not whole JSON"),
        (b"{}", "no list of terms"),
        (b'{"terms": [{"name": "Autumn", "start": "2026-09-01"}]}', "no end date"),
        (b'{"terms": [3]}', "not written as one"),
        (b"\xff\xfe\xff", "not text"),
        (b"[" * 300_000, "lists within lists"),
        (terms(start="2026-09-01", end="2026-09-01"), "No term lasts from 1 September 2026"),
        (terms(start="2026-09-01", end="2036-09-01"), "No term lasts from 1 September 2026"),
        (terms(half_term=["2026-12-14", "2026-12-18"]), "has no school on one side"),
        (b'{"terms": [{}], "training_days": "2026-09-01"}', "is not a list"),
        (b'{"terms": [{}], "closures": {"date": "2026-09-01"}}', "is not a list"),
        (b'{"terms": [{}], "closures": ["2026-09-01"]}', "not written as term dates"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_words(content, said):
    assert said in " ".join(str(problem) for problem in read_terms(content))


def test_a_term_that_ends_before_it_starts_has_its_remedy_apart():
    (problem,) = read_terms(terms(start="2026-12-18", end="2026-09-01"))

    assert problem.problem.endswith("before it starts on 18 December 2026.")
    assert problem.remedy == "Correct one of the two dates."


def test_a_long_name_is_cut_and_still_the_same_the_second_time(acting):
    calendar = read_terms(terms(name="Autumn term of the year " * 4))
    told = {"actor": acting("adam"), "school": None, "calendar": calendar, "source": "terms.json"}

    apply_terms(**told)
    again = apply_terms(**told)

    assert (again.created, again.removed, again.unchanged) == (0, 0, 1)


def test_a_half_term_lies_within_its_term(acting, school):
    facts = actions.TermFacts(
        "Autumn", date(2026, 9, 1), date(2026, 12, 18), date(2026, 8, 1), date(2026, 8, 5)
    )

    with pytest.raises(Problem, match="within its term"):
        actions.save_term(actor=acting("mina"), school=school, facts=facts)


@pytest.mark.parametrize(("name", "who"), [("asha", "reads calendars"), ("marta", "Only")])
def test_who_may_not_change_a_calendar_reads_why(acting, school, name, who):
    with pytest.raises(Refused, match=who):
        actions.save_term(actor=acting(name), school=school, facts=AUTUMN)


def test_a_school_does_not_change_the_councils_calendar(acting, school):
    with pytest.raises(Refused, match="kept by its services"):
        actions.save_term(actor=acting("hana"), school=None, facts=AUTUMN)


def test_a_failed_audit_changes_nothing(acting, school, monkeypatch):
    def fail(**_facts):
        raise RuntimeError("the trail is full")

    actor = acting("mina")
    monkeypatch.setattr(audit, "record", fail)

    with pytest.raises(RuntimeError):
        actions.save_term(actor=actor, school=school, facts=AUTUMN)
    assert not Term.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 12, 1), date(9999, 12, 31), "ends_on"),
        (date(1900, 1, 1), date(1900, 1, 1), "starts_on"),
        (date(2090, 1, 3), date(2090, 1, 3), "starts_on"),
    ],
)
def test_a_mistyped_year_does_not_shut_a_school(acting, school, first, last, field):
    with pytest.raises(Problem) as refused:
        actions.save_day(
            actor=acting("petra"),
            school=school,
            kind="CLOSURE",
            starts_on=first,
            ends_on=last,
            reason="Boiler",
        )

    assert refused.value.field == field
