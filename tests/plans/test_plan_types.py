"""Kinds of plan as data: which are offered, what each asks for, and switching them on and off."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.core import audit
from alongside.core.decisions import Problem, Refused
from alongside.core.models import AuditEntry
from alongside.duties.due_rows import plans_to_approve
from alongside.pathways import plan_types
from alongside.pathways.models import PlanType
from alongside.pathways.plan_types import KindFacts, KindParts
from alongside.plans import actions, people, policy
from alongside.plans.models import Party, PlanState
from tests.plans.makers import facts, load_kinds


@pytest.fixture
def types(making) -> None:
    load_kinds(making.acting)


@pytest.mark.usefixtures("types")
def test_a_pack_offers_five_kinds_and_keeps_the_one_of_2029_for_its_day(making):
    offered = [one.name for one in plan_types.offered(making.today)]

    assert offered == [
        "Intervention plan",
        "Individual support plan",
        "Pastoral Support Plan",
        "Personalised pathway",
        "Co-regulation plan",
    ]


@pytest.mark.usefixtures("types")
def test_the_plan_of_2029_is_refused_with_why_even_when_it_is_switched_on(making):
    asha = making.acting("asha")
    with pytest.raises(Problem, match="switched off here"):
        actions.write_plan(
            actor=asha, case=making.case, facts=facts(asha.today, kind="STATUTORY_ISP")
        )

    plan_types.switch(actor=making.acting("adam"), key="STATUTORY_ISP", is_on=True)

    one = plan_types.plan_type("STATUTORY_ISP")
    assert plan_types.switched(one, date(2029, 8, 31)).reason.endswith("before 1 September 2029.")
    assert plan_types.switched(one, date(2029, 9, 1))
    assert AuditEntry.objects.filter(kind="plan_type.switched_on").count() == 1


@pytest.mark.usefixtures("types")
def test_a_kind_switched_off_is_offered_no_longer_and_plans_of_it_stay(making):
    plan = making.written(kind="PASTORAL")
    plan_types.switch(actor=making.acting("adam"), key="PASTORAL", is_on=False)

    asha = making.acting("asha")
    saved = actions.edit_plan(
        actor=asha,
        plan=plan,
        facts=facts(asha.today, kind="PASTORAL", aim="Stays in lessons and is glad to."),
        version=plan.version,
    )

    assert saved.kind == "PASTORAL"
    assert "PASTORAL" not in {one.key for one in plan_types.offered(asha.today)}


@pytest.mark.usefixtures("types")
def test_only_the_system_administrator_switches(making):
    with pytest.raises(Refused, match="system administrator"):
        plan_types.switch(actor=making.acting("mina"), key="PASTORAL", is_on=False)

    assert PlanType.objects.get(key="PASTORAL").is_on


def test_a_kind_says_whose_agreement_brings_it_into_use(making):
    making.acting("adam")
    PlanType.objects.create(key="QUICK", name="Quick plan", agreeing=["SCHOOL", "FAMILY"])
    plan = making.approved(kind="QUICK")
    with pytest.raises(Problem, match="is not asked to agree"):
        making.answer(plan, Party.PUPIL)

    making.answer(plan, Party.SCHOOL)
    plan = making.answer(plan, Party.FAMILY)

    assert plan.state == PlanState.AGREED


def test_a_council_without_kinds_of_plan_has_one_plain_kind(making, signed_in):
    (one,) = plan_types.offered(making.today)
    assert (one.key, one.name) == ("INTERVENTION", "Plan")

    page = signed_in("adam").get("/plan-types/").content.decode()

    assert "No kinds of plan yet" in page


@pytest.mark.usefixtures("types")
def test_the_page_of_kinds_says_what_each_holds_and_switches_it(making, signed_in):
    page = signed_in("asha").get("/plan-types/").content.decode()
    assert "Individual Support Plan (2029)" in page
    assert "Check before relying on it" in page
    assert "Switch on" not in page

    client = signed_in("adam")
    answer = client.post("/plan-types/CO_REGULATION/switch/", {"is_on": "no"})

    assert answer.status_code == 302
    making.acting("asha")
    assert not PlanType.objects.get(key="CO_REGULATION").is_on
    assert signed_in("asha").post("/plan-types/PASTORAL/switch/", {}).status_code == 403


@pytest.fixture
def own(making, types) -> PlanType:
    """A kind that mina added: the headteacher of the unit approves it."""
    return plan_types.add(
        actor=making.acting("mina"),
        facts=KindFacts("Nurture plan", "", 4, "", False, ("pru_headteacher",)),
        parts=PARTS,
    )


PARTS = KindParts(("SCHOOL", "FAMILY"), has_timetable=False, is_signed=False, is_traced=False)


def of(kind: PlanType, **changed: object) -> KindFacts:
    given = {name: getattr(kind, name) for name in plan_types.SET_HERE}
    return KindFacts(**(given | changed))


def test_a_kind_names_who_approves_it_and_nobody_else_does_or_is_asked(making, own):
    plan = making.submitted(kind=own.key)
    mina, hugo = making.acting("mina"), making.acting("hugo")

    assert policy.approve(mina, plan).reason == (
        "A plan of this kind is approved by: Headteacher or senior leader, PRU."
    )
    assert not plans_to_approve(making.acting("mina"))
    assert [name for _, name in people.approvers(plan, mina.today)] == ["Hugo Exampleton"]
    assert len(plans_to_approve(making.acting("hugo"))) == 1
    actions.approve(actor=hugo, plan=plan)
    plan.refresh_from_db()
    assert plan.state == PlanState.APPROVED


def test_a_kind_is_approved_by_a_role_that_every_service_at_work_has(making, own):
    with pytest.raises(Problem) as refused:
        actions.change_kind(
            actor=making.acting("mina"), key=own.key, facts=of(own, approving=("dsl",))
        )

    assert refused.value.field == "approving"
    assert "plans there could not be approved" in str(refused.value)


@pytest.mark.parametrize(
    ("role", "is_asked"), [("pru_headteacher", True), ("outreach_manager", False)]
)
def test_on_a_childs_record_a_plan_waits_for_whom_its_kind_names(
    making, own, signed_in, role, is_asked
):
    facts = of(own, approving=(role,))
    plan_types.change(actor=making.acting("mina"), key=own.key, facts=facts)
    plan = making.submitted(kind=own.key)

    page = signed_in("hugo").get(f"/pupils/{plan.pupil_id}/").content.decode()

    assert ("Approve or return the plan" in page) is is_asked


def test_who_agrees_stands_while_a_plan_is_being_agreed(making, own, signed_in):
    plan_types.change(actor=making.acting("mina"), key=own.key, facts=of(own, approving=()))
    plan = making.approved(kind=own.key)
    wider = replace(PARTS, agreeing=("SCHOOL", "FAMILY", "PUPIL"))
    told = {"actor": making.acting("mina"), "key": own.key, "facts": of(own), "parts": wider}

    with pytest.raises(Problem, match="1 plan of this kind is being agreed"):
        actions.change_kind(**told)

    shown = signed_in("mina").get(f"/plan-types/{own.key}/change/").content.decode()
    assert "1 plan being agreed: the same people are asked." in shown
    assert f'href="/plans/{plan.pk}/"' in shown and plan.pupil.name in shown
    making.acting("mina")
    for party in (Party.SCHOOL, Party.FAMILY):
        plan = making.answer(plan, party)
    assert plan.state == PlanState.AGREED
    actions.change_kind(**told | {"actor": making.acting("mina")})
    assert PlanType.objects.get(key=own.key).agreeing == ["SCHOOL", "FAMILY", "PUPIL"]


@pytest.mark.usefixtures("types")
def test_what_a_kind_of_the_pack_holds_is_the_packs(making):
    mina, kind = making.acting("mina"), PlanType.objects.get(key="PASTORAL")

    with pytest.raises(Problem, match="comes with the council’s pack"):
        plan_types.change(actor=mina, key="PASTORAL", facts=of(kind), parts=PARTS)


@pytest.mark.usefixtures("types")
def test_a_failed_audit_adds_no_kind(making, monkeypatch):
    mina = making.acting("mina")
    monkeypatch.setattr(audit, "record", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        plan_types.add(actor=mina, facts=KindFacts("Nurture", "", None, "", False), parts=PARTS)

    assert not PlanType.objects.filter(is_added=True).exists()
