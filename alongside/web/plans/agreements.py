"""Who has a part in a plan: their answers, sections and notes, as its page prints them."""

from typing import Any

from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.people.queries.rows import moment_from
from alongside.plans import joining, parts, policy, queries
from alongside.plans.models import Agreement, Contributor, Party, Plan, PlanDecision
from alongside.rules.words import day_in_words


def rows(actor: Actor, plan: Plan) -> list[dict[str, Any]]:
    """Each party that is asked to agree, who answered unasked, then each agency that has a part."""
    asked = queries.agreeing(plan)
    parties = [_party_row(actor, plan, one, one in asked) for one in queries.answering(plan)]
    agencies = [one for one in parts.contributors_of(plan) if one.party == Party.AGENCY]
    return parties + [_agency_row(actor, plan, one) for one in agencies]


def _party_row(actor: Actor, plan: Plan, party: Party, is_asked: bool) -> dict[str, Any]:
    given = next((a for a in plan.agreements.all() if a.party == party), None)
    decision = policy.agree(actor, plan, party)
    row = {
        "label": party.label,
        "url": "",
        "text": "Not asked yet",
        "state": "waiting",
        "words": "",
    }
    if given:
        row |= {
            "text": _answer(given) if is_asked or given.is_agreed else _not_asked(given),
            "state": _how(given),
            "words": given.words if policy.sees_whole(actor) or party == Party.SCHOOL else "",
        }
    if decision:
        row["url"] = f"/plans/{plan.pk}/agree/{party.value.lower()}/"
        if party == Party.SCHOOL and policy.is_of_the_school(actor, plan.case):
            row |= {"verb": "Answer", "text": row["text"] if given else "Your answer is asked"}
    return row


def _how(given: Agreement) -> str:
    if given.is_of_former_school:
        return "waiting"
    return "met" if given.is_agreed else "overdue"


def _answer(given: Agreement) -> str:
    if given.is_of_former_school:
        return f"Not asked yet. The former school: {_said(given)}"
    return _said(given)


def _not_asked(given: Agreement) -> str:
    on = f" on {day_in_words(given.withdrawn_on)}" if given.withdrawn_on else ""
    return f"Was not asked, and withdrew{on}"


def _said(given: Agreement) -> str:
    name = f"{given.name} of {given.school.name}" if given.school else given.name
    on = day_in_words(given.agreed_on)
    if given.withdrawn_on:
        return f"{name} agreed on {on} and withdrew on {day_in_words(given.withdrawn_on)}"
    word = "agreed" if given.is_agreed else "said no"
    return f"{name} {word} on {on}, {given.how}"


def _agency_row(actor: Actor, plan: Plan, one: Contributor) -> dict[str, Any]:
    given = parts.answer_of(plan, one)
    row = {"label": str(one), "url": "", "text": "Not asked yet", "state": "waiting", "words": ""}
    if given:
        row |= {"text": _answer(given), "state": "met" if given.is_agreed else "overdue"}
        row["words"] = given.words if policy.sees_whole(actor) else ""
    if joining.answer_for(actor, one):
        row["url"] = f"/plans/{plan.pk}/contributors/{one.pk}/agree/"
        if one.staff_id == actor.staff_id:
            row |= {"verb": "Answer", "text": row["text"] if given else "Your answer is asked"}
    return row


def contributors(actor: Actor, plan: Plan) -> list[dict[str, Any]]:
    """Everybody with a part, by party, each with their section and who may write it."""
    found = []
    for party in Party:
        mine = [one for one in parts.contributors_of(plan) if one.party == party]
        found += [_contributor(actor, plan, one) for one in mine]
    return found


def _contributor(actor: Actor, plan: Plan, one: Contributor) -> dict[str, Any]:
    at = f"/plans/{plan.pk}/contributors/{one.pk}/"
    written = ""
    if one.written_by and one.written_on:
        written = f"{one.written_by.name}, {day_in_words(one.written_on)}"
    return {
        "name": one.name,
        "party": Party(one.party).label,
        "role": one.role,
        "section": one.section,
        "written": written,
        "is_kept": not one.is_shared,
        "may_write": joining.write_section(actor, one),
        "url": at,
        "may_remove": joining.remove_contributor(actor, one),
        "remove_url": f"{at}remove/",
    }


def notes(actor: Actor, plan: Plan) -> dict[str, Any]:
    """How it goes, the newest first, and whether this reader may add to it."""
    return {
        "url": f"/plans/{plan.pk}/notes/",
        "may_add": joining.add_note(actor, plan),
        "rows": [
            {
                "text": note.text,
                "who": f"{note.writer}, for {note.party.label.lower()}, "
                f"{day_in_words(note.written_on)}",
                "is_kept": not note.is_shared,
            }
            for note in parts.notes_of(plan)
        ],
    }


def decisions(actor: Actor, plan: Plan) -> list[dict[str, str]]:
    """What was said each time it was sent in, to who reads casework."""
    if not policy.sees_whole(actor) or plan.submitted_at is None:
        return []
    return [
        {
            "word": PlanDecision.Answer(one["answer"]).label,
            "comment": one["comment"],
            "who": f"{one['who']}, {day_in_words(day_of(moment_from(one['decided_at'])))}",
        }
        for one in plan.decision_rows  # type: ignore[attr-defined]
    ]
