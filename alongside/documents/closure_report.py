"""The closure report: what changed, in whose words, and what is left. One text for every form."""

from enum import StrEnum

from alongside.assessments.models import Informant
from alongside.assessments.queries import Pair
from alongside.assessments.wording import scale_of
from alongside.cases.models import Case
from alongside.core.actor import Actor
from alongside.documents.blocks import (
    Block,
    Bullets,
    Document,
    Paragraph,
    Picture,
    Quote,
    Section,
    Table,
)
from alongside.documents.gather import Gathered, Reached, gather
from alongside.documents.picture import Slope, before_and_after
from alongside.documents.withheld import withheld
from alongside.fieldwork.wording import minutes_in_words
from alongside.plans import wording
from alongside.plans.models import Party, PlanAction
from alongside.rules.scores import change_between
from alongside.rules.words import count_of, day_in_words


class Recipient(StrEnum):
    SERVICE = "service"
    SCHOOL = "school"

    @property
    def label(self) -> str:
        return "The service and the council" if self == Recipient.SERVICE else "The school"


def closure_report(actor: Actor, case: Case, recipient: Recipient) -> Document:
    """The report as this recipient may read it. A concealed address never stands in it."""
    is_school = recipient == Recipient.SCHOOL
    found = gather(actor, case, shared_only=is_school)
    pupil = case.pupil
    document = Document(
        title=f"Closure report: {pupil.name}",
        second=f"{case.service.name} with {case.school.name}. {case.reference}.",
        note=_note(found, is_school),
        facts=tuple(_facts(found, is_school)),
        sections=(
            *_prose("Why we worked together", case.reason),
            *_prose("What changed, and what is left", case.closing_summary),
            Section("Before and after", _measures(found, is_school)),
            Section("Targets", _targets(found)),
            Section("Work done", _work(found)),
            Section(f"In {pupil.forename}’s own words", _voices(found)),
            Section("What school, family and service did", _done(found)),
            Section("What is left", _left(found)),
            Section("Has it lasted?", _lasted(found)),
            *_notes(found, is_school),
        ),
        foot=f"Made on {day_in_words(actor.today)} by {actor.name}. Copy for: {recipient.label.lower()}.",
        name=f"closure-report-{case.reference}-{recipient}",
    )
    return withheld(actor, pupil).clean_document(document)


def _note(found: Gathered, is_school: bool) -> str:
    if found.case.closed_on is None:
        state = "The case is still open: this is how it stands today. "
    else:
        state = ""
    if not is_school:
        return f"{state}For the service and the council. Do not pass on: make the school its copy."
    return (
        f"{state}The school’s copy. It holds what is shared with the school: what changed and what is left, the "
        "plans, agreed actions and the teacher’s scores. Family matters and casework notes are left out."
    )


def _facts(found: Gathered, is_school: bool) -> list[tuple[str, str]]:
    case = found.case
    facts = [
        ("Year group", case.pupil.year_group or "not recorded"),
        ("Lead worker", ", ".join(found.leads) or "not allocated"),
        ("Opened", day_in_words(case.opened_on)),
        ("Closed", day_in_words(case.closed_on) if case.closed_on else "not yet"),
    ]
    if case.outcome:
        facts.append(("Outcome", case.get_outcome_display()))
    if found.stages:
        # Each move, none left out: from Outreach back to the school's plan is no standing still.
        facts.append((case.framework.name, " to ".join(found.stages)))
    if not is_school and case.risk_at_start:
        end = case.get_risk_at_end_display() if case.risk_at_end else "not recorded"
        facts.append(("Risk at start and end", f"{case.get_risk_at_start_display()} to {end}"))
    return facts


def _measures(found: Gathered, is_school: bool) -> tuple[Block, ...]:
    if not found.measures:
        whose = "the teacher’s" if is_school else "any"
        return (Paragraph(f"There is no baseline of {whose} score, so no change can be shown."),)
    slopes = [_slope(pair) for pair in found.measures]
    svg, alt = before_and_after(slopes, "Scores before and after")
    rows = tuple(_measure_row(pair) for pair in found.measures)
    head = ("Measure", "By", "At the start", "At the end", "What may be said")
    missing = sum(pair.latest is None for pair in found.measures)
    said: tuple[Block, ...] = ()
    if missing:
        said = (
            Paragraph(
                f"{missing} of {count_of(len(found.measures), 'score')} not taken again: "
                "what changed there is not known."
            ),
        )
    caution = Paragraph(
        "Scores show what changed, not why. One child’s figures cannot prove what made the change."
    )
    return (
        Picture(svg, alt, 100 if len(slopes) > 2 else 40 * len(slopes)),
        Table("Scores before and after", head, rows, widths=(5, 3, 4, 4, 6)),
        *said,
        caution,
    )


def _slope(pair: Pair) -> Slope:
    after = pair.latest
    return Slope(
        name=pair.measure.name,
        who=Informant(pair.informant).label,
        low=float(pair.measure.low),
        high=float(pair.measure.high),
        before=float(pair.baseline.score),
        after=float(after.score) if after else None,
        before_on=f"{pair.baseline.taken_on:%-d %b %Y}",
        after_on=f"{after.taken_on:%-d %b %Y}" if after else "",
        better="Lower is better" if pair.measure.is_lower_better else "Higher is better",
    )


def _measure_row(pair: Pair) -> tuple[str, ...]:
    first, last = pair.baseline, pair.latest
    start = f"{wording.figure(first.score)}, {day_in_words(first.taken_on)}"
    who = Informant(pair.informant).label
    if last is None:
        return (pair.measure.name, who, start, "Not measured again", "Change not known.")
    change = change_between(first.score, last.score, scale_of(pair.measure))
    end = f"{wording.figure(last.score)}, {day_in_words(last.taken_on)}"
    return (pair.measure.name, who, start, end, f"{change.words[:1].upper()}{change.words[1:]}")


def _targets(found: Gathered) -> tuple[Block, ...]:
    if not found.targets:
        return (Paragraph("No plan was approved, so there are no targets to report."),)
    met = sum(wording.is_met(t.start, t.goal, t.end) for t in found.targets)
    head = ("Target", "Start", "End", "Goal", "How it stands")
    return (
        Paragraph(
            f"{met} of {count_of(len(found.targets), 'target')} met, over "
            f"{count_of(len(found.plans), 'plan')}."
        ),
        Table(
            "Targets from start to end",
            head,
            tuple(_target_row(t) for t in found.targets),
            widths=(8, 2, 6, 2, 4),
        ),
    )


def _target_row(target: Reached) -> tuple[str, ...]:
    end = "Not measured" if target.end is None else wording.figure(target.end)
    if target.end_on:
        end += f", {day_in_words(target.end_on)}"
    return (
        f"{target.text} ({target.unit})",
        wording.figure(target.start),
        end,
        wording.figure(target.goal),
        wording.way(target.start, target.goal, target.end),
    )


def _work(found: Gathered) -> tuple[Block, ...]:
    offered = len(found.sessions)
    if not offered:
        return (Paragraph("No session is recorded."),)
    came = [s for s in found.sessions if s["attendance"] != "MISSED"]
    time = minutes_in_words(sum(s["minutes"] for s in came))
    return (
        Paragraph(
            f"{count_of(offered, 'session')} offered, {len(came)} attended in whole or part, "
            f"{offered - len(came)} missed. {time} together."
        ),
    )


def _voices(found: Gathered) -> tuple[Block, ...]:
    said = [v for v in found.voices if v.words.strip()]
    if not said:
        return (Paragraph("None are recorded here."),)
    ends = [said[0]] if len(said) == 1 else [said[0], said[-1]]
    return tuple(
        Quote(v.words.strip(), f"{found.case.pupil.forename}, {day_in_words(v.said_on)}")
        for v in ends
    )


def _done(found: Gathered) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for party in Party:
        done = [a for a in found.actions if a.party == party and a.done_on]
        if done:
            blocks += [Paragraph(f"{party.label}:"), Bullets(tuple(_did(a) for a in done))]
    return tuple(blocks) or (Paragraph("No action is ticked off."),)


def _did(action: PlanAction) -> str:
    who = f" ({action.who})" if action.who else ""
    on = day_in_words(action.done_on) if action.done_on else ""
    return f"{action.text}{who}, {on}"


def _left(found: Gathered) -> tuple[Block, ...]:
    last = found.plans[-1].pk if found.plans else None
    open_actions = [a for a in found.actions if a.plan_id == last and not a.done_on]
    school = [a for a in open_actions if a.party == Party.SCHOOL]
    blocks: list[Block] = []
    if school:
        items = tuple(f"{a.text}{f' ({a.who})' if a.who else ''}" for a in school)
        blocks += [Paragraph("The school carries on with:"), Bullets(items)]
    if found.steps:
        when = "when the case was closed" if found.case.closed_on else "now"
        steps = tuple(f"{step['text']} ({step['who']})" for step in found.steps)
        blocks += [Paragraph(f"Next steps agreed and not done {when}:"), Bullets(steps)]
    return tuple(blocks) or (Paragraph("No agreed action is left with the school."),)


def _lasted(found: Gathered) -> tuple[Block, ...]:
    if not found.checks:
        return (Paragraph("Checks at 6, 12 and 24 weeks are set when the case is closed."),)
    rows = tuple(
        (
            f"{check.weeks} weeks",
            day_in_words(check.due_on),
            check.get_answer_display() if check.answer else "To be asked",
        )
        for check in found.checks
    )
    return (Table("Checks after the case was closed", ("After", "On", "Answer"), rows),)


def _notes(found: Gathered, is_school: bool) -> tuple[Section, ...]:
    return () if is_school else _prose("Notes for the service", found.case.closing_notes)


def _prose(title: str, text: str) -> tuple[Section, ...]:
    """What somebody wrote, paragraph by paragraph; no section where nothing was written."""
    lines = tuple(Paragraph(line) for line in text.split("\n") if line.strip())
    return (Section(title, lines),) if lines else ()
