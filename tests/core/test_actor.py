"""Who is acting: roles in force by date, the system's own actor, and nobody at all."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from alongside.core.actor import NoActor, acting_as, acting_as_system, begin, begin_staff
from alongside.core.models import Account, Council, RoleAssignment, Staff
from alongside.core.permissions import Permission, Role, Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def hired(acting, cast):
    """Adam gives asha one more role, at the PRU, between two dates counted from today."""

    def give(starts_in: int, ends_in: int | None = None) -> None:
        today = timezone.localdate()
        acting("adam")
        RoleAssignment.objects.create(
            staff_id=cast.staff["asha"],
            role=Role.PRU_SENDCO,
            place_id=cast.places["orchard"],
            starts_on=today + timedelta(days=starts_in),
            ends_on=None if ends_in is None else today + timedelta(days=ends_in),
        )

    return give


@pytest.mark.parametrize(
    ("starts_in", "ends_in", "is_held"),
    [
        (0, None, True),
        (-5, 0, True),
        (1, None, False),
        (-5, -1, False),
    ],
    ids=["starts today", "ends today", "starts tomorrow", "ended yesterday"],
)
def test_a_role_is_held_between_its_dates(hired, acting, starts_in, ends_in, is_held):
    hired(starts_in, ends_in)

    assert acting("asha").holds(Role.PRU_SENDCO) is is_held


def test_nobody_acts_without_a_role_in_force(acting, cast):
    acting("adam")
    RoleAssignment.objects.filter(staff_id=cast.staff["omar"]).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )

    assert begin_staff(cast.staff["omar"]) is None
    with pytest.raises(NoActor), acting_as(cast.staff["omar"]):
        pass


def test_nobody_acts_who_has_left(acting, cast):
    acting("adam")
    Staff.objects.filter(pk=cast.staff["omar"]).update(is_active=False)

    assert begin(cast.accounts["omar"]) is None


def test_an_account_without_a_person_acts_for_nobody(db):
    account = Account.objects.create_user("stranger@example.org")

    assert begin(account.pk) is None


def test_a_failed_beginning_leaves_no_earlier_actor_behind(acting, cast):
    acting("asha")
    begin_staff(-1)

    assert not Staff.objects.exists()


@pytest.mark.wall
@pytest.mark.parametrize(("code", "name"), [("991", "Eastmere"), ("992", "Northfold")])
def test_the_system_acts_for_the_council_that_was_named(db, cast, code, name):
    with acting_as_system(code) as actor:
        assert actor.council_name == name
        assert [council.name for council in Council.objects.all()] == [name]


def test_the_system_acts_for_no_council_that_is_not_there(db, cast):
    with pytest.raises(NoActor), acting_as_system("000"):
        pass


def test_a_place_reaches_everything_within_it(acting, cast):
    ids = acting("ben").place_ids(Scope.ALLOCATED)

    assert ids == sorted(cast.places[name] for name in ("primary", "north", "south"))


def test_a_council_wide_place_does_not_spread_over_schools(acting, cast):
    assert acting("ines").place_ids() == [cast.places["council"]]


def test_places_are_asked_for_by_scope_and_permission(acting):
    asha = acting("asha")

    assert asha.place_ids(Scope.ROLL) == []
    assert asha.place_ids(permission=Permission.STAFF_EDIT) == []


def _told_the_walls() -> tuple[str, ...]:
    names = ("clearance", "shared", "flagged", "reads_work")
    with connection.cursor() as cursor:
        return tuple(
            cursor.execute("SELECT current_setting(%s)", [f"app.{name}"]).fetchone()[0]
            for name in names
        )


@pytest.mark.wall
def test_roles_that_changed_are_another_answer_to_the_walls(acting, cast):
    acting("asha")
    before = _told_the_walls()
    acting("adam")
    RoleAssignment.objects.filter(staff_id=cast.staff["asha"]).update(role=Role.SCHOOL_TEACHER)

    asha = acting("asha")

    assert _told_the_walls() != before
    assert _told_the_walls()[0] == "{%s}" % ",".join(asha.clearance)
    assert not asha.reads_work
    assert _told_the_walls()[3] == ""


@pytest.mark.wall
def test_who_was_known_and_works_here_no_more_is_told_to_no_wall(acting, cast):
    acting("asha")
    acting("adam")
    Staff.objects.filter(pk=cast.staff["asha"]).update(is_active=False)

    assert begin_staff(cast.staff["asha"]) is None

    assert _told_the_walls() == ("{}", "{}", "{}", "")
    assert not Staff.objects.exists()


def test_what_one_beginning_shares_is_not_the_next_ones(acting):
    acting("asha")._shared["of this request"] = 1

    assert acting("asha")._shared == {}


def test_clearance_reaches_the_database(acting):
    acting("lena")

    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.clearance()")
        assert set(cursor.fetchone()[0]) == {"C1", "C2", "C3", "C4", "C9", "C6", "C7", "C8"}


def test_clearance_given_to_one_person_is_theirs_alone(acting):
    assert "C4" in acting("asha").reads
    assert "C4" not in acting("omar").reads


def test_a_role_is_told_with_its_place(acting):
    assert acting("asha").role_label == "Outreach Worker, Eastmere outreach service"
