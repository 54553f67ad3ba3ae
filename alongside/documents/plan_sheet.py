"""A plan on one page for the class team: targets, who does what, when it is reviewed."""

from datetime import time

from alongside.core.actor import Actor
from alongside.documents.blocks import (
    Block,
    Bullets,
    Document,
    Paragraph,
    Quote,
    Section,
    Table,
)
from alongside.documents.withheld import withheld
from alongside.plans import wording
from alongside.plans.kinds import type_of
from alongside.plans.models import Agreement, Party, Plan, PlanState
from alongside.plans.queries import own_words
from alongside.plans.timetable import SlotFacts, in_words, timetable_of
from alongside.rules.dates import time_in_words
from alongside.rules.timetable import DAYS
from alongside.rules.words import day_in_words, listed


def plan_sheet(actor: Actor, plan: Plan) -> Document:
    """What the school may read of a plan, whoever prints it: it lies about in a classroom."""
    document = Document(
        title=f"{plan.pupil.name}: {type_of(plan).name} {plan.number}",
        second=f"{plan.case.school.name}. {_days(plan)}",
        note=plan.aim,
        sections=(
            *_own_words(plan),
            Section("Targets", (_targets(plan),)),
            *_week(plan),
            Section("Who does what", _actions(plan)),
            Section("Agreed by", (Paragraph(_agreed(plan)),)),
            *_signatures(plan),
        ),
        foot=f"Printed on {day_in_words(actor.today)} by {actor.name}. Keep it where only staff see it.",
        name=f"plan-{plan.case.reference}-{plan.number}",
        whole_in="The plan on screen",
        is_dense=True,
    )
    return withheld(actor, plan.pupil).clean_document(document)


def _days(plan: Plan) -> str:
    since, until = day_in_words(plan.starts_on), day_in_words(plan.review_due_on)
    if plan.state == PlanState.ENDED:
        return f"This plan has ended: it is not in use. It began on {since}."
    return f"From {since} to the review on {until}."


def _own_words(plan: Plan) -> tuple[Section, ...]:
    """The newest words the child let be passed on stand first: the plan is theirs."""
    name = plan.pupil.forename
    newest = own_words(plan)[:1]
    quotes = tuple(Quote(one.words, f"{name}, {day_in_words(one.said_on)}") for one in newest)
    return (Section(f"In {name}’s own words", quotes),) if quotes else ()


def _targets(plan: Plan) -> Table:
    rows = tuple(
        (
            f"{t.order}. {t.text} ({t.unit})",
            wording.figure(t.baseline),
            wording.figure(t.latest) if getattr(t, "latest", None) is not None else "–",  # type: ignore[attr-defined]
            wording.figure(t.goal),
            f"{t.owner}, by {day_in_words(t.due_on)}",
        )
        for t in plan.targets.all()
    )
    return Table(
        "Targets",
        ("What we will see", "Start", "Now", "Goal", "Who leads, by when"),
        rows,
        widths=(10, 2, 2, 2, 8),
    )


def _week(plan: Plan) -> tuple[Section, ...]:
    """The timetable as a school prints one: a column a day, a line for each time something begins."""
    slots = timetable_of(plan)
    if not slots:
        return ()
    times = sorted({slot.begins for slot in slots})
    rows = tuple((time_in_words(at), *(_at(slots, day, at) for day, _ in DAYS)) for at in times)
    table = Table(
        "The week", ("From", *(name for _, name in DAYS)), rows, widths=(2, 4, 4, 4, 4, 4)
    )
    return (Section("The week", (table, Paragraph(f"{in_words(slots)}."))),)


def _at(slots: list[SlotFacts], day: int, at: time) -> str:
    found = [slot for slot in slots if (slot.day, slot.begins) == (day, at)]
    return "; ".join(
        ", ".join(part for part in (slot.what, slot.place, slot.who) if part)
        + f" (until {time_in_words(slot.ends)})"
        for slot in found
    )


def _actions(plan: Plan) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for party in Party:
        mine = [a for a in plan.actions.all() if a.party == party and a.is_shared]
        if mine:
            items = tuple(
                f"{a.text}{f' ({a.who})' if a.who else ''}, by {day_in_words(a.due_on)}"
                + (". Done." if a.done_on else "")
                for a in mine
            )
            blocks += [Paragraph(f"{party.label}:"), Bullets(items)]
    return tuple(blocks)


def _signatures(plan: Plan) -> tuple[Section, ...]:
    """Lines to sign on, for a kind of plan that is signed."""
    kind = type_of(plan)
    if not kind.is_signed:
        return ()
    names = {
        a.party: a.name
        for a in plan.agreements.all()
        if a.is_agreed and not a.withdrawn_on and not a.is_of_former_school
    }
    rows = tuple((Party(party).label, names.get(party, ""), "", "") for party in kind.agreeing)
    return (Section("Signed", (Table("Signatures", ("For", "Name", "Signature", "Date"), rows),)),)


def _who(given: Agreement) -> str:
    return "the former school" if given.is_of_former_school else Party(given.party).label.lower()


def _agreed(plan: Plan) -> str:
    given = plan.agreements.all()
    agreed = listed([f"{_who(a)} on {day_in_words(a.agreed_on)}" for a in given if a.is_agreed])
    withdrawn = listed(
        [f"{_who(a)} on {day_in_words(a.withdrawn_on)}" for a in given if a.withdrawn_on]
    )
    said = (
        f"{agreed[:1].upper()}{agreed[1:]}."
        if agreed
        else "Nobody now."
        if withdrawn
        else "Nobody yet."
    )
    return f"{said} Agreement withdrawn: {withdrawn}." if withdrawn else said
