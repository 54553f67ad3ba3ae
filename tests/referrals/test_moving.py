"""A pupil changes school mid-case: case and referral go along, and both sides are told."""

from datetime import timedelta

import pytest

from alongside.cases import actions as cases
from alongside.cases.models import Case, Task
from alongside.core import audit
from alongside.core.models import Notice, Place, Staff
from alongside.people.actions.enrolment import move_school
from alongside.people.models import Capacity, ChronologyEntry, Involvement
from alongside.people.queries.registers import fingerprint
from alongside.referrals import actions, queries
from alongside.referrals.actions import moving
from alongside.referrals.jobs import follow_pupil
from alongside.referrals.models import Referral, Wait
from alongside.schools.models import School
from tests.pathways import made as people
from tests.referrals import made

pytestmark = pytest.mark.django_db


def marlpit(cast) -> School:
    return people.school(cast.places["marlpit"], "Marlpit Academy")


def move(acting, cast, pupil, days: int = 0, name: str = "asha"):
    """Recorded by asha, who works with the pupil."""
    actor = acting(name)
    people.working_with(actor, pupil)
    return moving.change_school(
        actor=actor,
        pupil=pupil,
        seen=fingerprint(pupil),
        school=marlpit(cast),
        starts_on=actor.today + timedelta(days=days),
    )


def led(acting, cast) -> Case:
    """An open case of a referral, led by asha."""
    case = made.accepted(acting, cast).case
    mina = acting("mina")
    cases.allocate(
        actor=mina,
        case=case,
        staff=Staff.objects.get(pk=cast.staff["asha"]),
        capacity=Capacity.LEAD,
        starts_on=mina.today,
    )
    return case


def test_the_case_goes_with_the_pupil_and_says_so_on_the_chronology(acting, cast):
    case = led(acting, cast)

    move(acting, cast, case.pupil)

    case.refresh_from_db()
    assert case.school == marlpit(cast) and case.state == "OPEN"
    line = ChronologyEntry.objects.filter(kind="CASE").latest("id")
    assert line.summary == (
        "Case goes with the pupil: from Chalkhill High School to Marlpit Academy"
    )


def test_the_school_that_receives_is_told_and_the_lead_has_a_task(acting, cast):
    case = led(acting, cast)

    move(acting, cast, case.pupil, name="mina")

    told = Notice.objects.filter(staff_id=cast.staff["marta"], kind="case.moved").get()
    assert "new to your school" in told.text and "Robin" not in told.text
    assert Notice.objects.filter(staff_id=cast.staff["asha"], kind="case.moved").exists()
    task = Task.objects.get(owner_id=cast.staff["asha"], source="a change of school")
    assert task.text.startswith("Speak with Marlpit Academy") and task.case == case
    assert queries.main_school(case.pupil, acting("marta").today) == marlpit(cast)


@pytest.mark.parametrize("state", ["SENT", "SCREENING", "ANSWERED", "RETURNED", "WAITING"])
def test_a_live_referral_goes_along_as_it_stands(acting, cast, state):
    referral = made.STATES[state](acting, cast)
    before = (referral.state, referral.round, Wait.objects.count())

    move(acting, cast, referral.pupil)

    referral.refresh_from_db()
    assert (referral.state, referral.round, Wait.objects.count()) == before
    assert referral.school == marlpit(cast)
    step = queries.steps_of(referral)[0]
    assert step.name == "move" and step.to_state == referral.state
    assert "which answers for it now" in step.reason
    assert queries.get_referral(acting("marta"), referral.pk)
    assert Notice.objects.filter(staff_id=cast.staff["marta"], kind="referral.moved").exists()


def test_what_was_asked_of_the_school_that_is_left_is_asked_of_the_new_one(acting, cast):
    referral = made.returned(acting, cast)

    move(acting, cast, referral.pupil)

    owners = set(Task.objects.filter(done_on=None).values_list("owner_id", flat=True))
    assert owners == {cast.staff["marta"]}
    referral.refresh_from_db()
    marta = acting("marta")
    again = actions.send_again(
        actor=marta,
        referral=referral,
        told=actions.Told(going_well="Settled in well here."),
        version=referral.version,
    )
    assert (again.state, again.round) == ("SENT", 2)
    assert not Task.objects.filter(done_on=None).exists()


def test_the_school_that_is_left_is_told_no_more_of_it(acting, cast):
    referral = made.answered(acting, cast, missing=0)
    move(acting, cast, referral.pupil)
    Notice.objects.all().delete()
    referral.refresh_from_db()
    asha = acting("asha")

    actions.accept(actor=asha, referral=referral, reason="Meets all", version=referral.version)

    told = set(Notice.objects.values_list("staff_id", flat=True))
    assert cast.staff["marta"] in told and cast.staff["petra"] not in told


def test_nobody_at_the_former_school_keeps_a_step_of_the_case(acting, cast):
    case = led(acting, cast)
    asha = acting("asha")
    petra, hana = cast.staff["petra"], cast.staff["hana"]
    asked = {"actor": asha, "case": case, "due_on": asha.today + timedelta(days=3)}
    theirs = cases.add_task(owner_id=petra, text="Keep them at separate tables", **asked)
    agreed = cases.add_task(owner_id=asha.staff_id, text="Ring on Friday", **asked)
    Task.objects.filter(pk=agreed.pk).update(agreed_with=hana)

    move(acting, cast, case.pupil)

    theirs.refresh_from_db()
    agreed.refresh_from_db()
    assert theirs.owner_id not in (petra, hana)
    assert agreed.agreed_with is None


def test_a_decided_referral_and_a_closed_case_stay_where_they_were(acting, cast):
    referral = made.declined(acting, cast)

    move(acting, cast, referral.pupil)

    referral.refresh_from_db()
    assert referral.school.name == "Chalkhill High School"
    assert not referral.steps.filter(name="move").exists()


def test_followed_twice_nothing_moves_the_second_time(acting, cast):
    case = led(acting, cast)
    move(acting, cast, case.pupil)
    lines = ChronologyEntry.objects.count()

    assert moving.follow(actor=acting("asha"), pupil=case.pupil) == 0
    assert ChronologyEntry.objects.count() == lines


def test_a_move_to_come_is_followed_on_its_day(acting, cast, monkeypatch):
    case = led(acting, cast)
    put: list[dict] = []

    class Later:
        def defer(self, **identifiers):
            put.append(identifiers)

    monkeypatch.setattr(moving.app, "configure_task", lambda name, schedule_at: Later())
    move(acting, cast, case.pupil, days=5)

    case.refresh_from_db()
    assert case.school.name == "Chalkhill High School"
    assert put == [{"staff_id": cast.staff["asha"], "pupil_id": case.pupil_id}]


def test_the_job_of_that_day_brings_the_work_along(acting, cast):
    case = led(acting, cast)
    asha = acting("asha")
    move_school(actor=asha, pupil=case.pupil, school=marlpit(cast), starts_on=asha.today)

    assert follow_pupil(asha.staff_id, case.pupil_id) == 1
    assert follow_pupil(asha.staff_id, 987_654) == 0


def test_a_class_list_that_brings_a_pupil_brings_the_work(acting, cast):
    case = led(acting, cast)
    asha = acting("asha")
    move_school(actor=asha, pupil=case.pupil, school=marlpit(cast), starts_on=asha.today)

    assert moving.follow_school(actor=asha, school=marlpit(cast)) == 1
    case.refresh_from_db()
    assert case.school == marlpit(cast)
    assert moving.follow_school(actor=asha, school=marlpit(cast)) == 0


def test_undone_the_work_goes_back(acting, cast):
    case = led(acting, cast)
    change = move(acting, cast, case.pupil)

    moving.undo_change(actor=acting("asha"), change=change)

    case.refresh_from_db()
    assert case.school.name == "Chalkhill High School"


def test_off_every_roll_the_work_stays_where_it_is(acting, cast):
    case = led(acting, cast)
    asha = acting("asha")
    people.working_with(asha, case.pupil)

    moving.leave_roll(
        actor=asha,
        enrolment=case.pupil.enrolments.get(),
        seen=fingerprint(case.pupil),
        ends_on=asha.today - timedelta(days=1),
    )

    case.refresh_from_db()
    assert case.school.name == "Chalkhill High School" and case.state == "OPEN"


def test_a_move_to_another_neighbourhood_changes_who_sees_and_tells_who_receives(acting, cast):
    """A primary pupil of the north goes to a school in the south."""
    lena = acting("lena")
    people.pack(lena)
    areas = {key: Place.objects.get(pk=cast.places[key]) for key in ("north", "south")}
    schools = {}
    for key, area in areas.items():
        place = Place.objects.create(kind="SCHOOL", name=f"{key} primary", parent=area)
        schools[key] = people.school(place.pk, place.name, phase="Primary")
    child = people.pupil(schools["north"], "Leo", "Specimen", year="4")
    service = areas["north"].parent
    case = cases.open_case(
        actor=lena, pupil=child, school=schools["north"], service=service, area=areas["north"],
        framework=people_framework(service), reason="Meets all", opened_on=lena.today,
    )  # fmt: skip
    Referral.objects.filter(pupil=child).delete()
    move_school(actor=lena, pupil=child, school=schools["south"], starts_on=lena.today)

    moving.follow(actor=acting("lena"), pupil=child)

    case.refresh_from_db()
    assert case.area == areas["south"]
    sees = Involvement.objects.filter(pupil=child, ends_on=None).values_list("place", flat=True)
    assert list(sees) == [areas["south"].pk]
    assert Notice.objects.filter(staff_id=cast.staff["carys"], kind="case.moved").exists()


def people_framework(service: Place):
    from alongside.pathways.models import Framework

    return Framework.objects.get(owner=service)


def test_a_failed_audit_changes_nothing(acting, cast, monkeypatch):
    case = led(acting, cast)
    asha = acting("asha")
    move_school(actor=asha, pupil=case.pupil, school=marlpit(cast), starts_on=asha.today)
    monkeypatch.setattr(audit, "record", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        moving.follow(actor=asha, pupil=case.pupil)

    case.refresh_from_db()
    assert case.school.name == "Chalkhill High School"


def test_on_screen_the_move_says_that_the_work_goes_along(acting, cast, signed_in):
    case = led(acting, cast)

    page = signed_in("asha").get(f"/pupils/{case.pupil_id}/people/schools/move/")

    assert "An open case and a live referral go along" in page.content.decode()
