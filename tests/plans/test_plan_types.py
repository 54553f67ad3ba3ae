"""Kinds of plan as data: which are offered, what each asks for, and switching them on and off."""

from datetime import date

import pytest

from alongside.core.decisions import Problem, Refused
from alongside.core.models import AuditEntry
from alongside.pathways import plan_types
from alongside.pathways.models import PlanType
from alongside.plans import actions
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
