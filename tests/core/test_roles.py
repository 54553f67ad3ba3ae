"""Roles are given to others, told of, never twice at once, and taken away when given by mistake."""

from datetime import date, timedelta

import pytest

from alongside.core import roles
from alongside.core.actor import begin_staff
from alongside.core.decisions import Problem, Refused
from alongside.core.models import AuditEntry, Notice, Place, RoleAssignment, Staff
from alongside.core.permissions import Role

pytestmark = pytest.mark.django_db
REASON = "Meant for somebody else of the same name"


@pytest.fixture
def give(acting, cast):
    def gives(
        to: str = "ben",
        role: Role = Role.OUTREACH_WORKER,
        place: str = "outreach",
        starts_on: date | None = None,
        **told,
    ) -> RoleAssignment:
        adam = acting("adam")
        return roles.give_role(
            actor=adam,
            staff=Staff.objects.get(pk=cast.staff[to]),
            role=role,
            place=Place.objects.get(pk=cast.places[place]),
            starts_on=starts_on or adam.today,
            **told,
        )

    return gives


@pytest.fixture
def told(acting, cast):
    def texts(name: str) -> list[str]:
        acting(name)
        mine = Notice.objects.filter(staff_id=cast.staff[name], kind__startswith="role.")
        return list(mine.order_by("id").values_list("text", flat=True))

    return texts


@pytest.mark.parametrize("cleared_for", [[], ["C4", "C5"]])
def test_nobody_gives_a_role_or_a_clearance_to_themselves(give, cast, cleared_for):
    with pytest.raises(Refused, match="cannot give yourself a role"):
        give("adam", cleared_for=cleared_for)

    assert RoleAssignment.objects.filter(staff_id=cast.staff["adam"]).count() == 1


def test_the_officer_and_the_manager_of_the_place_hear_of_a_role_that_reads_pupils(give, told):
    give("ben")

    said = "Adam Exampleton gave Ben Exampleton the role Outreach Worker, Eastmere outreach service"
    assert told("dpo") == [f"{said}."]
    assert told("mina") == [f"{said}."]
    assert told("lena") == told("ben") == []


def test_a_clearance_is_named_to_who_hears_of_it(give, told):
    give("pat", Role.OUTREACH_WORKER, cleared_for=["C4", "C5"])

    assert "cleared by name for C4 and C5" in told("dpo")[0]


def test_the_headteacher_hears_of_a_role_in_their_school(give, told, cast):
    give("ben", Role.SCHOOL_TEACHER, "chalkhill")

    assert len(told("hana")) == 1
    assert not Notice.objects.get(staff_id=cast.staff["hana"]).url  # They open no page of staff.


def test_where_nobody_manages_a_place_who_manages_above_it_hears(give, told, cast, acting):
    acting("adam")
    service = Place.objects.get(pk=cast.places["outreach"])
    part = Place.objects.create(kind="NEIGHBOURHOOD", name="Harbour", parent=service)
    cast.places["harbour"] = part.pk
    try:
        give("ben", Role.OUTREACH_WORKER, "harbour")
    finally:
        del cast.places["harbour"]

    assert len(told("mina")) == 1


def test_of_a_role_that_reads_no_pupil_nobody_need_hear(give, told):
    give("ben", Role.PANEL_MEMBER, "council")

    assert told("dpo") == []


def test_the_same_role_at_the_same_place_is_not_given_twice_while_it_runs(give):
    with pytest.raises(Problem, match="holds this role here already") as refused:
        give("asha")
    assert refused.value.field == "role"


def test_a_role_that_ended_is_given_again(give, acting):
    today = acting("adam").today
    first = give("ben", starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=2))

    again = give("ben")

    assert again.pk != first.pk


@pytest.mark.parametrize(
    ("day", "said"), [(date(1926, 11, 26), "long ago"), (date(2099, 1, 1), "a long way ahead")]
)
def test_a_first_day_that_is_a_slip_of_the_fingers_is_refused(give, day, said):
    with pytest.raises(Problem, match=said) as refused:
        give("ben", starts_on=day)
    assert refused.value.field == "starts_on"


def test_a_role_given_today_is_taken_away_today_and_access_goes_with_it(give, acting, cast):
    given = give("ben")
    assert begin_staff(cast.staff["ben"]).holds(Role.OUTREACH_WORKER)

    roles.take_away_role(actor=acting("adam"), assignment=given, reason=REASON)

    assert not begin_staff(cast.staff["ben"]).holds(Role.OUTREACH_WORKER)


def test_a_role_taken_away_says_so_and_who_held_it_hears(give, acting, told, cast):
    given = give("ben")

    roles.take_away_role(actor=acting("adam"), assignment=given, reason=REASON)

    taken = RoleAssignment.objects.select_related("taken_away_by").get(pk=given.pk)
    assert taken.taken_away_at and taken.taken_away_because == REASON
    assert taken.taken_away_by.name == "Adam Exampleton"
    assert "took away your role Outreach Worker" in told("ben")[0]
    assert "took away from Ben Exampleton the role Outreach Worker" in told("dpo")[-1]
    acting("dpo")
    assert AuditEntry.objects.filter(kind="role.taken_away").get().detail["reason"] == REASON


def test_a_role_that_has_not_begun_is_taken_away_and_never_begins(give, acting, cast):
    coming = give("ben", starts_on=acting("adam").today + timedelta(days=30))

    taken = roles.take_away_role(actor=acting("adam"), assignment=coming, reason=REASON)

    assert taken.ends_on < acting("adam").today < taken.starts_on


def test_after_a_role_was_taken_away_it_can_be_given_at_once(give, acting):
    given = give("ben")
    roles.take_away_role(actor=acting("adam"), assignment=given, reason=REASON)

    assert give("ben").pk != given.pk


@pytest.mark.parametrize("reason", ["", "  slip   "])
def test_a_role_is_not_taken_away_without_a_sentence(give, acting, reason):
    given = give("ben")

    with pytest.raises(Problem, match="in a sentence"):
        roles.take_away_role(actor=acting("adam"), assignment=given, reason=reason)


def test_a_role_is_taken_away_once_by_an_administrator_and_never_ones_own(give, acting, cast):
    given, adam = give("ben"), acting("adam")
    own = RoleAssignment.objects.get(staff_id=cast.staff["adam"])
    with pytest.raises(Refused, match="Only a system administrator"):
        roles.take_away_role(actor=acting("mina"), assignment=given, reason=REASON)
    adam = acting("adam")
    with pytest.raises(Refused, match="your own"):
        roles.take_away_role(actor=adam, assignment=own, reason=REASON)
    roles.take_away_role(actor=adam, assignment=given, reason=REASON)

    with pytest.raises(Refused, match="was taken away"):
        roles.take_away_role(actor=adam, assignment=given, reason=REASON)
    with pytest.raises(Refused, match="was taken away"):
        roles.end_role(actor=adam, assignment=given, ends_on=adam.today)
