"""A neighbourhood that is merged away: its cases, roles, referrals, schools and access are in the other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.cases.models import Case
from alongside.cases.queries import get_case, visible_cases
from alongside.core import audit
from alongside.core.actor import begin_staff
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.core.models import AuditEntry, Notice, Place, RoleAssignment
from alongside.people.models import Capacity, ChronologyEntry, Involvement, Pupil
from alongside.referrals.actions.neighbourhoods import merge_neighbourhood, stands_in
from alongside.referrals.models import Referral
from tests.routes import route  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def north(cast, acting):
    acting("adam")
    return Place.objects.get(pk=cast.places["north"])


@pytest.fixture
def south(cast, acting):
    acting("adam")
    return Place.objects.get(pk=cast.places["south"])


@pytest.fixture
def there(route, acting, cast, north):
    """The route's case, a closed one's like, a referral and the school in North Eastmere."""
    acting("adam")
    Case.objects.filter(pk=route.case.pk).update(area=north, service=cast.places["primary"])
    Place.objects.filter(pk=cast.places["chalkhill"]).update(parent=north)
    route.children.refer(route.pupil, "north")
    acting("adam")
    return route


def merge(acting, north, south, reason="The Operational Group, 20 November"):
    return merge_neighbourhood(actor=acting("adam"), place=north, into=south, reason=reason)


def test_what_stands_there_is_counted_and_names_no_child(acting, there, north):
    told = stands_in(acting("adam"), north)

    assert (told.open_cases, told.schools) == (1, 1)
    assert told.people == ("Lena Exampleton",)


def test_cases_schools_and_access_are_in_the_other_neighbourhood(acting, there, north, south, cast):
    assert not visible_cases(acting("carys")).exists()

    merge(acting, north, south)

    carys = acting("carys")
    assert get_case(carys, there.case.pk).area == south
    assert Pupil.objects.visible_to(carys).filter(pk=there.pupil.pk).exists()
    assert Place.objects.get(pk=cast.places["chalkhill"]).parent == south
    gone = Place.objects.get(pk=north.pk)
    assert (gone.ends_on, gone.merged_into) == (carys.today, south)


def test_who_held_a_role_there_holds_it_in_the_other_and_sees_what_they_saw(
    acting, there, north, south
):
    assert get_case(acting("lena"), there.case.pk)

    merge(acting, north, south)

    lena = acting("lena")
    assert get_case(lena, there.case.pk).area == south
    assert [held.place_id for held in lena.held] == [south.pk]
    assert Notice.objects.filter(staff_id=lena.staff_id, kind="place.merged").count() == 1
    carys = acting("carys")
    assert Notice.objects.filter(staff_id=carys.staff_id, kind="place.merged").count() == 1


def test_nobody_holds_one_role_twice(acting, there, north, south, cast):
    adam = acting("adam")
    RoleAssignment.objects.create(
        staff_id=cast.staff["lena"],
        role="lead_practitioner",
        place=south,
        starts_on=adam.today - timedelta(days=30),
    )

    merge(acting, north, south)

    held = RoleAssignment.objects.filter(staff_id=cast.staff["lena"]).exclude(
        ends_on__lt=adam.today + timedelta(days=1)
    )
    assert [assignment.place_id for assignment in held] == [south.pk]


def test_a_referral_not_decided_yet_waits_in_the_other(acting, there, north, south, cast):
    petra = acting("petra")
    referral = Referral.objects.create(
        pupil=there.pupil,
        school=there.case.school,
        service_id=cast.places["primary"],
        area=north,
        framework=there.framework,
        reference="R-77777",
        main_worry="LEAVING",
        sent_by_id=petra.staff_id,
        sent_at=timezone.now(),
    )

    merge(acting, north, south)

    acting("adam")
    assert Referral.objects.get(pk=referral.pk).area == south


def test_an_involvement_that_is_over_stays_where_it_was(acting, there, north, south):
    actor = acting("adam")
    other = there.children.pupil("Leo", "Specimen", at="marlpit")
    acting("adam")
    over = Involvement.objects.create(
        pupil=other,
        place=north,
        capacity=Capacity.REFERRED_TO,
        starts_on=actor.today - timedelta(days=90),
        ends_on=actor.today - timedelta(days=60),
        access_ends_on=actor.today - timedelta(days=50),
    )

    merge(acting, north, south)

    assert Involvement.objects.get(pk=over.pk).place == north


def test_each_open_case_says_so_in_its_record_and_the_trail_names_the_children(
    acting, there, north, south
):
    merge(acting, north, south)

    acting("dpo")
    line = ChronologyEntry.objects.get(summary__contains="became part of South Eastmere")
    assert line.pupil == there.pupil
    entry = AuditEntry.objects.get(kind="place.merged")
    assert entry.pupil_ids == [there.pupil.pk]
    assert "Operational Group" in entry.detail["reason"]


def test_only_an_administrator_merges_and_only_two_that_go_on_in_one_service(
    acting, there, north, south, cast
):
    acting("lena")
    with pytest.raises(Refused, match="administrator"):
        merge_neighbourhood(actor=acting("lena"), place=north, into=south, reason="I say")
    with pytest.raises(Refused, match="another neighbourhood"):
        merge(acting, north, north)
    outreach = Place.objects.get(pk=cast.places["outreach"])
    with pytest.raises(Refused, match="two neighbourhoods"):
        merge(acting, north, outreach)
    with pytest.raises(Problem, match="who decided"):
        merge(acting, north, south, reason=" ")

    merge(acting, north, south)

    with pytest.raises(Refused, match="ended on"):
        merge(acting, north, south)


def test_a_failed_audit_moves_nothing(acting, there, north, south, monkeypatch):
    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        merge(acting, north, south)

    acting("adam")
    assert Case.objects.get(pk=there.case.pk).area == north
    assert Place.objects.get(pk=north.pk).ends_on is None


def test_another_council_neither_sees_nor_reaches_it(acting, there, north, cast):
    nils = begin_staff(cast.staff["nils"])
    assert not Place.objects.filter(pk=north.pk).exists()
    with pytest.raises(NotFound):
        from alongside.core.queries import get_neighbourhood

        get_neighbourhood(north.pk)
    assert nils


def test_on_screen_one_reads_what_goes_over_then_merges_and_reads_where_it_went(
    signed_in, there, north, south
):
    client, url = signed_in("adam"), f"/staff/neighbourhoods/{north.pk}/merge/"

    before = client.get(url).content.decode()
    unsure = client.post(url, {"into": south.pk, "reason": "The group"})
    after = client.post(
        url, {"into": south.pk, "reason": "The group", "is_sure": "on"}, follow=True
    ).content.decode()

    assert "1 open and 0 closed cases" in before
    assert "The roles of Lena Exampleton" in before
    assert "Testerly" not in before + after, "whoever configures the service sees no child"
    assert unsure.status_code == 422
    assert "North Eastmere is part of South Eastmere now. Moved: 1 open case" in after
    assert "Part of South Eastmere since" in after
    case = signed_in("carys").get(f"/cases/{there.case.pk}/").content.decode()
    assert "South Eastmere" in case
    listed = signed_in("carys").get("/caseload/?view=all").content.decode()
    assert "Robin Testerly" in listed
    assert "It ended on" in client.get(url).content.decode()
