"""Allocation gives access, a new lead replaces the old, and only managers allocate."""

from datetime import timedelta

import pytest

from alongside.cases import actions, policy, queries
from alongside.cases.models import Allocation, Case, CaseState
from alongside.core import audit
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.core.models import AuditEntry, Notice
from alongside.people.models import Capacity, ChronologyEntry, Involvement, Pupil
from alongside.rules.words import day_in_words
from alongside.rules.working_days import next_working_day

pytestmark = pytest.mark.django_db


def test_allocating_a_lead_opens_the_case_and_tells_them(acting, route):
    acting("asha")

    assert route.case.state == CaseState.OPEN
    assert Notice.objects.filter(staff=route.staff("asha"), kind="case.allocated").count() == 1
    assert ChronologyEntry.objects.filter(summary="Lead worker: Asha Exampleton").exists()


def test_access_follows_allocation(acting, route):
    asha = acting("asha")
    assert Pupil.objects.visible_to(asha).filter(pk=route.pupil.pk).exists()

    omar = acting("omar")
    assert not Pupil.objects.visible_to(omar).exists()
    with pytest.raises(NotFound):
        queries.get_case(omar, route.case.pk)


def test_a_new_lead_replaces_the_one_before(acting, route):
    mina = acting("mina")

    actions.allocate(
        actor=mina,
        case=route.case,
        staff=route.staff("omar"),
        capacity=Capacity.LEAD,
        starts_on=mina.today,
    )

    leads = Allocation.objects.filter(case=route.case, capacity=Capacity.LEAD, ends_on=None)
    assert [a.staff_id for a in leads] == [route.staff("omar").pk]


def test_both_leads_are_told_when_one_replaces_the_other(acting, route):
    mina = acting("mina")
    replaced = Notice.objects.filter(kind="case.lead_replaced")
    assert not replaced.exists()  # The first lead replaced nobody.

    actions.allocate(
        actor=mina,
        case=route.case,
        staff=route.staff("omar"),
        capacity=Capacity.LEAD,
        starts_on=mina.today,
    )

    (told,) = replaced
    assert (told.staff, told.text) == (
        route.staff("asha"), "Omar Exampleton leads a case of yours now.",
    )  # fmt: skip
    assert Notice.objects.filter(staff=route.staff("omar"), kind="case.allocated").exists()


def test_access_outlasts_an_allocation_by_the_days_of_grace_and_no_longer(acting, route):
    mina = acting("mina")
    allocation = route.case.allocations.get()
    actions.end_allocation(actor=mina, allocation=allocation, ends_on=mina.today)
    asha = acting("asha")
    assert Pupil.objects.visible_to(asha).exists()

    Involvement.objects.filter(pk=allocation.involvement_id).update(
        starts_on=asha.today - timedelta(days=40),
        ends_on=asha.today - timedelta(days=11),
        access_ends_on=asha.today - timedelta(days=1),
    )

    assert not Pupil.objects.visible_to(asha).exists()


def after(day, days):
    """So many working days later: these schools have no terms entered."""
    for _ in range(days):
        day = next_working_day(day + timedelta(days=1))
    return day


def lead_from(acting, route, starts_on):
    """Of a case that nobody leads."""
    route.case.allocations.all().delete()
    Case.objects.filter(pk=route.case.pk).update(state=CaseState.WAITING)
    return actions.allocate(
        actor=acting("mina"),
        case=route.case,
        staff=route.staff("omar"),
        capacity=Capacity.LEAD,
        starts_on=starts_on,
    )


@pytest.mark.parametrize(
    ("is_near", "said"),
    [(False, "Nobody would lead this case until then. Choose a day within 5 school days"),
     (True, "is at a weekend")],
)  # fmt: skip
def test_a_case_is_not_left_without_a_lead_until_a_distant_or_a_closed_day(
    acting, route, is_near, said
):
    today = acting("mina").today
    saturday = today + timedelta(days=(4 - today.weekday()) % 7 + 1)
    with pytest.raises(Problem, match=said) as told:
        lead_from(acting, route, saturday if is_near else today + timedelta(days=28))

    route.case.refresh_from_db()
    if not is_near:
        assert f"(by {day_in_words(after(today, 5))})" in told.value.message
    assert told.value.field == "starts_on" and route.case.state == CaseState.WAITING


def test_a_lead_of_a_coming_day_is_told_with_it(acting, route):
    day = next_working_day(acting("mina").today + timedelta(days=1))
    lead_from(acting, route, day)

    line = ChronologyEntry.objects.filter(kind="ALLOCATION").latest("pk")
    assert line.summary == f"Lead worker: Omar Exampleton, from {day_in_words(day)}"


@pytest.mark.parametrize("name", ["asha", "ben", "petra", "dora", "ines", "sana"])
def test_only_a_manager_allocates(acting, route, name):
    actor = acting(name)

    decision = policy.allocate(actor, route.case)

    assert not decision
    assert "manager" in decision.reason


def test_an_outreach_worker_cannot_allocate_even_by_the_action(acting, route):
    asha = acting("asha")

    with pytest.raises(Refused, match="Only a manager"):
        actions.allocate(
            actor=asha,
            case=route.case,
            staff=route.staff("omar"),
            capacity=Capacity.CO_WORKER,
            starts_on=asha.today,
        )


def test_nobody_is_allocated_twice_to_one_case(acting, route):
    mina = acting("mina")

    with pytest.raises(Problem, match="already works"):
        actions.allocate(
            actor=mina,
            case=route.case,
            staff=route.staff("asha"),
            capacity=Capacity.CO_WORKER,
            starts_on=mina.today,
        )


def test_nobody_starts_before_the_case_opened(acting, route):
    mina = acting("mina")

    with pytest.raises(Problem, match="The case opened on"):
        actions.allocate(
            actor=mina,
            case=route.case,
            staff=route.staff("omar"),
            capacity=Capacity.CO_WORKER,
            starts_on=mina.today - timedelta(days=1),
        )


def test_a_failed_audit_changes_nothing(acting, route, monkeypatch):
    mina = acting("mina")

    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        actions.allocate(
            actor=mina,
            case=route.case,
            staff=route.staff("omar"),
            capacity=Capacity.CO_WORKER,
            starts_on=mina.today,
        )

    assert route.case.allocations.count() == 1


def test_allocating_is_audited(acting, route):
    acting("dpo")
    line = AuditEntry.objects.get(kind="case.allocated")
    assert line.pupil_ids == [route.pupil.pk]


def test_another_council_sees_no_case(acting, route):
    sara = acting("sara")
    assert not queries.visible_cases(sara).exists()


def test_the_end_of_an_allocation_is_on_the_chronology_whoever_ends_it(acting, route):
    mina = acting("mina")
    actions.allocate(
        actor=mina,
        case=route.case,
        staff=route.staff("omar"),
        capacity=Capacity.LEAD,
        starts_on=mina.today,
    )
    (omar,) = route.case.allocations.filter(ends_on=None)

    actions.end_allocation(actor=mina, allocation=omar, ends_on=mina.today)

    told = set(ChronologyEntry.objects.filter(kind="ALLOCATION").values_list("summary", flat=True))
    on = f"{mina.today:%-d %B %Y}"
    for name in ("asha", "omar"):
        assert f"Lead worker until {on}: {route.staff(name).name}" in told
