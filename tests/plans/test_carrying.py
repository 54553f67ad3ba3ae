"""A Pastoral Support Plan at the school that receives a pupil, from what worked before; signing."""

import pytest

from alongside.cases.actions import allocate, open_case
from alongside.cases.models import Case
from alongside.core.decisions import Refused
from alongside.core.models import Place, Staff
from alongside.documents.blocks import Table
from alongside.documents.plan_sheet import plan_sheet
from alongside.people.models import Capacity
from alongside.plans import actions, queries
from alongside.plans.models import Party, Plan, PlanState, Strategy
from tests.children import Children
from tests.plans.makers import Making, load_kinds, scored


def before(making: Making) -> Plan:
    """A plan at the first school with a strategy that works, one that does not, one target met."""
    plan = making.approved()
    asha = making.acting("asha")
    one = actions.add_contributor(actor=asha, plan=plan, party=Party.FAMILY, name="Jo Testerly")
    actions.write_section(actor=asha, contributor=one, section="He needs warning.", version=1)
    for party in (Party.SCHOOL, Party.FAMILY, Party.PUPIL):
        plan = making.answer(plan, party)
    for text, works in (("A card on the desk", "YES"), ("Lunch club", "NO")):
        made = actions.add_strategy(actor=asha, case=making.case, text=text)
        actions.change_strategy(actor=asha, strategy=made, run_by="SCHOOL", works=works)
    actions.score_targets(actor=asha, plan=plan, scores=scored(plan, 8, 1), scored_on=making.today)
    return plan


def received(making: Making) -> Case:
    """The same pupil's case at another school, with another service."""
    children = Children(making.cast, _urn=900200)
    school = children.school("marlpit")
    mina = making.acting("mina")
    making.close()
    case = open_case(
        actor=mina,
        pupil=making.case.pupil,
        school=school,
        service=Place.objects.get(pk=making.cast.places["outreach"]),
        framework=making.case.framework,
        reason="Moves to a new school",
        opened_on=mina.today,
    )
    allocate(
        actor=mina,
        case=case,
        staff=Staff.objects.get(pk=making.cast.staff["omar"]),
        capacity=Capacity.LEAD,
        starts_on=mina.today,
    )
    case.refresh_from_db()
    return case


@pytest.mark.duty("RC-22")
def test_a_plan_at_the_receiving_school_begins_with_what_worked(making, signed_in):
    earlier = before(making)
    load_kinds(making.acting)
    case = received(making)
    client = signed_in("asha")
    offer = client.get(f"/cases/{case.pk}/plans/new/").content.decode()
    assert f"/cases/{case.pk}/plans/carry/{earlier.pk}/" in offer
    shown = client.get(f"/cases/{case.pk}/plans/carry/{earlier.pk}/").content.decode()
    assert "A card on the desk" in shown
    assert "Lunch club" not in shown

    client.post(f"/cases/{case.pk}/plans/carry/{earlier.pk}/")

    making.acting("asha")
    plan = Plan.objects.get(case=case)
    assert (plan.kind, plan.state, plan.previous_id) == ("PASTORAL", PlanState.DRAFT, earlier.pk)
    assert [t.text for t in plan.targets.all()] == ["Stays for the whole maths lesson"]
    assert plan.actions.filter(party="SCHOOL", text="A card on the desk").exists()
    assert plan.contributors.get().section == "He needs warning."
    assert Strategy.objects.get(case=case).run_by == Strategy.RunBy.TOGETHER


def test_a_plan_is_not_carried_into_its_own_case_nor_into_anothers(making):
    plan = before(making)

    with pytest.raises(Refused, match="another case of the same pupil"):
        actions.carry_forward(actor=making.acting("asha"), case=making.case, earlier=plan)


def test_a_plan_that_was_never_approved_carries_nothing(making):
    plan = making.written()
    case = received(making)

    with pytest.raises(Refused, match="never approved"):
        actions.carry_forward(actor=making.acting("asha"), case=case, earlier=plan)


def test_a_pastoral_support_plan_is_printed_with_lines_for_each_to_sign(making):
    load_kinds(making.acting)
    plan = making.agreed(kind="PASTORAL")
    asha = making.acting("asha")

    sheet = plan_sheet(asha, queries.get_plan(asha, plan.pk))

    assert sheet.title.endswith("Pastoral Support Plan 1")
    (table,) = [b for s in sheet.sections if s.title == "Signed" for b in s.blocks]
    assert isinstance(table, Table)
    assert [row[:2] for row in table.rows] == [
        ("The school", "Jo Testerly"),
        ("The family", "Jo Testerly"),
        ("The pupil", "Jo Testerly"),
    ]


def test_another_kind_of_plan_has_no_lines_to_sign(making):
    plan = making.agreed()
    asha = making.acting("asha")

    sheet = plan_sheet(asha, queries.get_plan(asha, plan.pk))

    assert "Signed" not in {section.title for section in sheet.sections}
