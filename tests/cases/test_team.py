"""A team shares its work: colleagues, cover, handing over, who fits, comments, countersigning."""

from datetime import timedelta

import pytest

from alongside.cases import actions, covering, policy, queries, team, team_queries
from alongside.cases.models import Allocation, Case, Countersignature, Cover, Task
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.core.models import AuditEntry, Notice
from alongside.fieldwork.actions.logs import record_daily_log
from alongside.people.actions.chronology import add_entry
from alongside.people.models import Capacity, ChronologyEntry, EntryKind, Involvement, Pupil
from tests.duties.caseloads import more_cases

pytestmark = pytest.mark.django_db


@pytest.mark.duty("OW-20")
def test_a_colleague_reads_and_logs_work_and_the_lead_stays_the_one_who_answers(acting, route):
    asha = acting("asha")
    team.add_colleague(
        actor=asha, case=route.case, staff=route.staff("omar"), starts_on=asha.today, reason="Maths"
    )

    omar = acting("omar")
    case = queries.get_case(omar, route.case.pk)
    log = record_daily_log(
        actor=omar, case=case, on=omar.today, face=4, what_worked="A quiet start"
    )

    assert log.recorded_by_id == omar.staff_id
    leads = Allocation.objects.filter(case=case, capacity=Capacity.LEAD, ends_on=None)
    assert [a.staff_id for a in leads] == [route.staff("asha").pk]
    assert not policy.add_colleague(omar, case)


def test_only_the_lead_or_a_manager_adds_a_colleague(acting, route):
    acting("asha")
    team.add_colleague(
        actor=acting("asha"), case=route.case, staff=route.staff("omar"), starts_on=acting("asha").today
    )  # fmt: skip

    with pytest.raises(Refused, match="Only the lead"):
        omar = acting("omar")
        team.add_colleague(
            actor=omar, case=route.case, staff=route.staff("ben"), starts_on=omar.today
        )


def test_a_lead_ends_the_work_of_a_co_worker_and_of_nobody_else(acting, route):
    asha = acting("asha")
    given = team.add_colleague(
        actor=asha, case=route.case, staff=route.staff("omar"), starts_on=asha.today
    )

    actions.end_allocation(actor=asha, allocation=given, ends_on=asha.today)

    assert not route.case.allocations.filter(staff=route.staff("omar"), ends_on=None).exists()
    lead = route.case.allocations.get(capacity=Capacity.LEAD)
    with pytest.raises(Refused):
        actions.end_allocation(actor=asha, allocation=lead, ends_on=asha.today)


def test_who_covers_sees_the_cases_for_those_days_alone(acting, route):
    mina = acting("mina")
    covering.arrange_cover(
        actor=mina,
        staff=route.staff("asha"),
        covered_by=route.staff("omar"),
        starts_on=mina.today,
        ends_on=mina.today + timedelta(days=5),
    )
    omar = acting("omar")
    assert Pupil.objects.visible_to(omar).filter(pk=route.pupil.pk).exists()

    later = mina.today + timedelta(days=5 + 11)
    mine = Involvement.objects.filter(staff_id=omar.staff_id, pupil=route.pupil)

    assert mine.in_force(later - timedelta(days=1)).exists(), "days of grace, to finish notes"
    assert not mine.in_force(later).exists()


def test_a_case_given_to_somebody_away_comes_to_who_covers(acting, route):
    mina = acting("mina")
    told = {"starts_on": mina.today, "ends_on": mina.today + timedelta(days=5)}
    covering.arrange_cover(
        actor=mina, staff=route.staff("asha"), covered_by=route.staff("omar"), **told
    )

    (case,) = more_cases(route, acting, "asha", 1)

    assert queries.get_case(acting("omar"), case.pk)


def test_cover_ends_earlier_when_somebody_is_back(acting, route):
    mina = acting("mina")
    cover = covering.arrange_cover(
        actor=mina,
        staff=route.staff("asha"),
        covered_by=route.staff("omar"),
        starts_on=mina.today,
        ends_on=mina.today + timedelta(days=20),
    )

    covering.end_cover(actor=mina, cover=cover, ends_on=mina.today)

    given = Involvement.objects.get(staff=route.staff("omar"), capacity=Capacity.COVER)
    assert given.ends_on == mina.today
    assert Cover.objects.get(pk=cover.pk).ends_on == mina.today


def test_nobody_arranges_cover_for_a_colleague_but_everybody_for_themselves(acting, route):
    asha = acting("asha")
    told = {"starts_on": asha.today, "ends_on": asha.today}

    assert covering.arrange_cover(
        actor=asha, staff=route.staff("asha"), covered_by=route.staff("omar"), **told
    )
    with pytest.raises(Refused):
        covering.arrange_cover(
            actor=asha, staff=route.staff("omar"), covered_by=route.staff("asha"), **told
        )


def test_a_caseload_is_handed_over_with_its_tasks_and_a_note_on_each_case(acting, route):
    cases = [route.case, *more_cases(route, acting, "asha", 2)]
    asha = acting("asha")
    actions.add_task(
        actor=asha, owner_id=asha.staff_id, text="Ring", due_on=asha.today, case=route.case
    )
    mina = acting("mina")

    given = team.hand_over(
        actor=mina,
        cases=cases,
        former=route.staff("asha"),
        to=route.staff("omar"),
        note="Ring mum on Mondays",
        starts_on=mina.today,
    )

    assert len(given) == 3
    omar = acting("omar")
    led = Allocation.objects.filter(staff_id=omar.staff_id, capacity=Capacity.LEAD, ends_on=None)
    assert led.count() == 3
    assert Task.objects.get(text="Ring").owner_id == omar.staff_id
    assert ChronologyEntry.objects.filter(detail="Ring mum on Mondays").count() == 3
    assert Notice.objects.filter(staff_id=omar.staff_id).count() == 1, "one notice for all"
    told = Notice.objects.get(staff=route.staff("asha"), kind="caseload.lead_replaced")
    assert told.text == "Omar Exampleton leads 3 cases of yours now."
    acting("dpo")
    assert len(AuditEntry.objects.get(kind="caseload.handed_over").pupil_ids) == 3


def test_who_worked_beside_the_lead_may_take_the_case_over(acting, route):
    asha = acting("asha")
    team.add_colleague(actor=asha, case=route.case, staff=route.staff("omar"), starts_on=asha.today)
    mina = acting("mina")

    team.hand_over(
        actor=mina,
        cases=[route.case],
        former=route.staff("asha"),
        to=route.staff("omar"),
        note="You know him",
        starts_on=mina.today,
    )

    standing = route.case.allocations.filter(ends_on=None)
    assert [(a.staff_id, a.capacity) for a in standing] == [(route.staff("omar").pk, "LEAD")]


@pytest.mark.parametrize(
    ("note", "keeps", "to", "said"),
    [
        (" ", True, "omar", "next person"),
        ("x", False, "omar", "one case"),
        ("x", True, "asha", "somebody else"),
    ],
)
def test_a_handover_that_makes_no_sense_is_refused_in_words(acting, route, note, keeps, to, said):
    mina = acting("mina")

    with pytest.raises(Problem, match=said):
        team.hand_over(
            actor=mina,
            cases=[route.case] if keeps else [],
            former=route.staff("asha"),
            to=route.staff(to),
            note=note,
            starts_on=mina.today,
        )


def test_who_fits_a_case_is_said_by_place_need_school_and_room(acting, route):
    more_cases(route, acting, "omar", 2, at="chalkhill")
    mina = acting("mina")
    Case.objects.filter(pk=route.case.pk).update(primary_need="LEAVING")
    team.set_profile(actor=mina, staff=route.staff("omar"), most_cases=8, knows=["LEAVING"])
    team.set_profile(actor=mina, staff=route.staff("asha"), most_cases=1, knows=[])

    found = team_queries.fits(mina, queries.get_case(mina, route.case.pk))

    assert found[0].staff == route.staff("omar")
    assert set(found[0].reasons) == {
        "leads 2 open cases, room for 6 more",
        "knows this need: leaving lessons",
        "works at Chalkhill High School already",
    }
    asha = next(fit for fit in found if fit.staff == route.staff("asha"))
    assert asha.is_lead
    assert "full at 1" in asha.reasons[0]


def test_a_comment_tells_who_works_the_case_and_names_no_child(acting, route):
    mina = acting("mina")
    team.comment(actor=mina, case=route.case, text="Try the garden door with Robin")

    notice = Notice.objects.get(staff=route.staff("asha"), kind="case.commented")
    assert "Robin" not in notice.text
    assert [c.text for c in team_queries.comments_of(mina, route.case)]
    petra = acting("petra")
    assert team_queries.comments_of(petra, route.case) == []
    assert not policy.comment(petra, route.case)


def record_as_assistant(route, acting, place: str = "north") -> ChronologyEntry:
    route.children.involve(route.pupil, "ben", Capacity.DEPLOYED)
    route.children.refer(route.pupil, place)
    ben = acting("ben")
    return add_entry(
        actor=ben,
        pupil=route.pupil,
        kind=EntryKind.CONTACT,
        information_class="C3",
        summary="Sat with him at lunch",
    )


def move_ben(place_id: int) -> None:
    from alongside.core.models import RoleAssignment

    RoleAssignment.objects.filter(staff__name="Ben Exampleton").update(place=place_id)


def test_what_an_assistant_recorded_waits_for_who_manages_their_neighbourhood(acting, route, cast):
    acting("adam")
    move_ben(cast.places["north"])
    entry = record_as_assistant(route, acting)

    assert [e.pk for e in team_queries.to_countersign(acting("lena"))] == [entry.pk]
    assert team_queries.to_countersign(acting("carys")) == []

    lena = acting("lena")
    team.countersign(actor=lena, entries=[entry], note="Well seen")

    assert team_queries.to_countersign(lena) == []
    assert [s.note for s in team_queries.signed_for(acting("ben"))] == ["Well seen"]


def test_nobody_countersigns_their_own_words_and_no_worker_countersigns(acting, route):
    mina = acting("mina")
    told = {"kind": EntryKind.NOTE, "information_class": "C2", "summary": "A note"}
    own = add_entry(actor=mina, pupil=route.pupil, **told)

    with pytest.raises(Refused, match="themselves"):
        team.countersign(actor=mina, entries=[own])
    with pytest.raises(Refused, match="manager"):
        team.countersign(actor=acting("asha"), entries=[own])
    assert not Countersignature.objects.exists()


def test_a_person_of_another_team_is_as_if_absent(acting, route):
    with pytest.raises(NotFound):
        team_queries.get_managed(acting("carys"), route.staff("asha").pk)
