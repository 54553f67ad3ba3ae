"""How pressing a case is: facts in words, the same order as the words, and a person's own view."""

from datetime import timedelta

import pytest

from alongside.cases import priorities
from alongside.cases.models import PriorityOverride
from alongside.cases.priorities import Marks
from alongside.core.decisions import Conflict, Problem, Refused
from alongside.core.models import AuditEntry
from alongside.duties import priority
from alongside.duties.caseload import Chosen, knows_safety, page_of_cases
from alongside.people.models import ChronologyEntry
from tests.duties.caseloads import more_cases

pytestmark = pytest.mark.django_db

GRAVE = Marks("HIGH", "HURTING", "VERY_COMPLEX", is_contentious=True, marked_because="A complaint")


def standing(actor, case):
    told = priority.told(knows_safety(actor), case_id=case.pk, today=actor.today)
    return priority.standing_of(told[0])


def test_facts_say_risk_need_and_safeguarding_with_what_each_counts(acting, route):
    route.children.flag(route.pupil, "SOCIAL_WORKER", "KNOW", "Has a social worker")
    asha = acting("asha")
    priorities.mark_case(actor=asha, case=route.case, marks=GRAVE, version=route.case.version)

    found = standing(asha, route.case)

    assert [(f.heading, f.words, f.weight) for f in found.facts] == [
        ("Risk", "Risk of exclusion high", 4),
        ("Safeguarding", "Has a social worker", 3),
        ("Need", "Very complex case", 2),
    ]
    assert found.priority == "VERY_HIGH"
    assert "Risk of exclusion high" in priority.to_move_down(found)


def test_a_restricted_flag_does_not_count_for_who_may_not_know_of_it(acting, route):
    route.children.flag(route.pupil, "SAFETY_PLAN", "RESTRICTED", "Not for all")
    asha = acting("asha")

    told = [priority.told(knows, case_id=route.case.pk, today=asha.today)[0] for knows in (True, False)]  # fmt: skip

    assert [case["safety"] for case in told] == [["SAFETY_PLAN"], []]


@pytest.mark.duty("OW-53")
def test_the_list_is_in_the_order_that_the_facts_of_each_case_say(acting, route):
    cases = [route.case, *more_cases(route, acting, "asha", 5)]
    asha = acting("asha")
    risks = ["LOW", "HIGH", "MEDIUM", "", "HIGH", "MEDIUM"]
    for number, (case, risk) in enumerate(zip(cases, risks, strict=True)):
        case.refresh_from_db()
        marks = Marks(risk, "", ("ORDINARY", "VERY_COMPLEX")[number % 2], False, "Two services")
        priorities.mark_case(actor=asha, case=case, marks=marks, version=case.version)
    route.children.flag(cases[2].pupil, "LOOKED_AFTER", "KNOW", "Looked after")
    asha = acting("asha")
    priorities.set_priority(
        actor=asha,
        case=cases[0],
        priority="VERY_HIGH",
        reason="The family moves out on Monday",
        until=asha.today + timedelta(days=14),
    )

    found, _ = page_of_cases(asha, Chosen(sort="priority"))

    ids = [row["pk"] for row in found]
    assert ids[0] == cases[0].pk, "what a person set stands first in its band"
    by_facts = {case.pk: standing(asha, case) for case in cases[1:]}
    points = [by_facts[pk].points for pk in ids[1:]]
    assert points == sorted(points, reverse=True)
    assert len(set(points)) > 2


def test_another_priority_keeps_its_reason_and_ends_on_its_day(acting, route):
    asha = acting("asha")
    told = {"case": route.case, "priority": "HIGH", "reason": "Hearing on Friday"}
    priorities.set_priority(actor=asha, until=asha.today, **told)

    override = standing(asha, route.case).override
    tomorrow = priority.told(True, case_id=route.case.pk, today=asha.today + timedelta(days=1))

    assert (override["reason"], override["by"]) == ("Hearing on Friday", "Asha Exampleton")
    assert tomorrow[0]["override"] is None
    assert ChronologyEntry.objects.filter(summary__contains="Hearing on Friday").exists()
    acting("dpo")
    assert AuditEntry.objects.get(kind="priority.set").pupil_ids == [route.pupil.pk]


def test_a_second_view_replaces_the_first_and_the_facts_can_decide_again(acting, route):
    asha = acting("asha")
    for reason in ("First", "Second"):
        priorities.set_priority(
            actor=asha, case=route.case, priority="HIGH", reason=reason, until=asha.today
        )

    priorities.end_priority(actor=asha, case=route.case)

    assert PriorityOverride.objects.filter(case=route.case).count() == 2
    assert standing(asha, route.case).override is None
    with pytest.raises(Problem, match="decide already"):
        priorities.end_priority(actor=asha, case=route.case)


@pytest.mark.parametrize(
    ("reason", "days", "said"), [(" ", 1, "what you know"), ("Why", -1, "gone by")]
)
def test_another_priority_needs_a_reason_and_a_day_to_come(acting, route, reason, days, said):
    asha = acting("asha")
    until = asha.today + timedelta(days=days)

    with pytest.raises(Problem, match=said):
        priorities.set_priority(
            actor=asha, case=route.case, priority="LOW", reason=reason, until=until
        )


def test_a_school_neither_reads_nor_sets_a_priority(acting, route):
    petra = acting("petra")

    with pytest.raises(Refused, match="stays with the service"):
        priorities.set_priority(
            actor=petra, case=route.case, priority="LOW", reason="No", until=petra.today
        )


def test_a_contentious_case_says_why(acting, route):
    asha = acting("asha")
    marks = Marks("LOW", "OTHER", "ORDINARY", is_contentious=True)

    with pytest.raises(Problem, match="contentious"):
        priorities.mark_case(actor=asha, case=route.case, marks=marks, version=route.case.version)


def test_the_second_of_two_who_say_how_a_case_stands_is_told(acting, route):
    asha, version = acting("asha"), route.case.version
    priorities.mark_case(actor=asha, case=route.case, marks=GRAVE, version=version)

    with pytest.raises(Conflict):
        priorities.mark_case(actor=asha, case=route.case, marks=GRAVE, version=version)
