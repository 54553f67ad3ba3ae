"""The cases of a pupil on every screen of the record: from the child to the work, in one step."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from alongside.cases.models import Case, CaseState, ChecklistItem
from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.duties.due_rows import school_to_agree, update_to_read
from alongside.duties.limits import limit_of
from alongside.people.queries.rows import day_from, rows
from alongside.plans.models import Plan
from alongside.plans.tapering import next_step_of
from alongside.plans.withdrawn import withdrawn_from
from alongside.rules.words import day_in_words

MOST = 6  # Of one pupil: the newest, whatever their state.
STATES = {
    CaseState.WAITING: "waiting to be allocated since",
    CaseState.OPEN: "open since",
}


def cases_of(staff_id: Any) -> ArraySubquery:
    """For a gathered query: each case with what its next dates depend on, for who asks."""
    unsettled = ChecklistItem.objects.filter(
        case=OuterRef("pk"), done_on=None, not_applicable_because=""
    )
    newest = Plan.objects.filter(case=OuterRef("pk")).order_by("-number")
    plan = JSONObject(
        id="pk", state="state", number="number", created_at="created_at", writer="written_by__name"
    )
    cases = Case.objects.filter(pupil=OuterRef("pk")).annotate(
        is_unsettled=Exists(unsettled),
        newest=Subquery(newest.values(plan=plan)[:1]),
        step_down=next_step_of("pk"),
        withdrawn=withdrawn_from("pk"),
        to_agree=school_to_agree("pk"),
        limit=limit_of("pupil"),
        update=update_to_read("pk", staff_id),
    )
    return rows(
        cases.order_by(F("closed_on").desc(nulls_first=True), "-opened_on", "-pk")[:MOST],
        "id",
        "reference",
        "state",
        "opened_on",
        "reopened_on",
        "led_from",
        "closed_on",
        "school_id",
        "is_unsettled",
        "newest",
        "step_down",
        "withdrawn",
        "to_agree",
        "limit",
        "update",
        service="service__name",
        school_name="school__name",
    )


def facts(actor: Actor, cases: list[dict[str, Any]]) -> list[dict[str, str]]:
    """One fact of the banner a case, those going on first. Its lead worker stands beside them."""
    if not actor.may(Permission.CASE_VIEW):
        return []
    return [_fact(case, actor.today) for case in cases]


def _fact(case: dict[str, Any], today: date) -> dict[str, str]:
    opened = day_in_words(date.fromisoformat(case["opened_on"]))
    said = f"{case['reference']} with {case['service']}, "
    if case["closed_on"]:
        closed = day_in_words(date.fromisoformat(case["closed_on"]))
        label, said = "Past case", f"{said}{opened} to {closed}"
    elif (led_from := day_from(case["led_from"])) and led_from > today:
        label, said = "Case", f"{said}allocated from {day_in_words(led_from)}"
    else:
        label, said = "Case", f"{said}{STATES[CaseState(case['state'])]} {opened}"
    return {"label": label, "value": said, "url": f"/cases/{case['id']}/"}
