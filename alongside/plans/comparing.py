"""Plans and versions of one laid side by side: what each part says, and whether it changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from alongside.assessments.queries.needs import texts_by_id
from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.plans import policy, timetable, wording
from alongside.plans.facts import ActionFacts, PlanFacts, TargetFacts
from alongside.plans.models import Party, Plan, PlanAction, PlanVersion, Target
from alongside.plans.timetable import SlotFacts
from alongside.rules.words import day_in_words


@dataclass(frozen=True)
class Changed:
    """One line of a comparison: a part of two plans, and whether it differs."""

    label: str
    before: str
    after: str
    reached: str = ""  # What came of it since: said beside what it was, and no change of the plan.

    @property
    def is_changed(self) -> bool:
        return self.before != self.after

    @property
    def before_parts(self) -> list["Part"]:
        return _parts(self.before, beside=self.after)

    @property
    def after_parts(self) -> list["Part"]:
        return _parts(self.after, beside=self.before)

    @property
    def what(self) -> str:
        """Target 1 (by, leads): a part, and of a target what of it changed."""
        if not (self.label.startswith("Target") and self.before and self.after):
            return self.label
        told = [part.words for part in (*self.after_parts, *self.before_parts) if part.is_changed]
        named = [words.partition(": ") for words in told]
        names = [name.lower() if sep and name in PARTS else "words" for name, sep, _ in named]
        return f"{self.label} ({', '.join(dict.fromkeys(names))})"


@dataclass(frozen=True)
class Part:
    """One line within a part of a plan: of a target its words, its baseline, its day and so on."""

    words: str
    is_changed: bool


PARTS = ("Baseline", "Goal", "Kind", "By", "Leads", "Answers")
A_NEED = "a need that is not shared with you"


def _parts(words: str, *, beside: str) -> list[Part]:
    other = beside.splitlines()
    return [Part(line, line not in other) for line in words.splitlines()]


def compare(older: Plan, newer: Plan) -> list[Changed]:
    """Two plans side by side: aim, dates, each target and each party's actions."""
    lines = [
        Changed("Aim", older.aim, newer.aim),
        Changed("Starts", day_in_words(older.starts_on), day_in_words(newer.starts_on)),
        Changed("Review", day_in_words(older.review_due_on), day_in_words(newer.review_due_on)),
    ]
    follows = {t.carried_from_id: t for t in newer.targets.all() if t.carried_from_id}
    for target in older.targets.all():
        kept = follows.get(target.pk)
        latest = _latest(target)
        reached = f"Reached: {wording.figure(latest)} {target.unit}" if latest is not None else ""
        after = _target(kept) if kept else "Not carried on"
        lines.append(Changed(f"Target {target.order}", _target(target), after, reached))
    new = [t for t in newer.targets.all() if not t.carried_from_id]
    lines += [Changed(f"New target {t.order}", "", _target(t)) for t in new]
    for party in Party:
        before, after = _actions(older, party), _actions(newer, party)
        if before or after:
            lines.append(Changed(f"Actions: {party.label.lower()}", before, after))
    return lines + _weeks(timetable.timetable_of(older), timetable.timetable_of(newer))


def _weeks(older: list[SlotFacts], newer: list[SlotFacts]) -> list[Changed]:
    """The two timetables, a line a day, and the hours of each."""
    before, after = dict(_week(older)), dict(_week(newer))
    labels = list(dict.fromkeys([*before, *after]))
    return [Changed(label, before.get(label, ""), after.get(label, "")) for label in labels]


def _week(slots: Sequence[SlotFacts]) -> list[tuple[str, str]]:
    if not slots:
        return []
    hours = [("Hours a week", timetable.in_words(slots))]
    return hours + [(f"Week: {day}", words) for day, words in timetable.lines_of(slots)]


def _latest(target: Target) -> Decimal | None:
    return getattr(target, "latest", None)


def _target(target: Target | TargetFacts) -> str:
    """A line for each thing it says, so that what changed is marked and nothing else."""
    said = [
        " ".join(target.text.split()),
        f"Baseline: {wording.figure(target.baseline)} {target.unit}",
        f"Goal: {wording.figure(target.goal)} {target.unit}",
        f"Kind: {Target.Kind(target.kind).label}",
        f"By: {day_in_words(target.due_on)}",
    ]
    said += [f"Leads: {target.owner}"] if target.owner else []
    return "\n".join(said + _answers(target))


def _answers(target: Target | TargetFacts) -> list[str]:
    if not target.need_id:
        return []
    if isinstance(target, TargetFacts):
        return []  # Of a version, which need it is: its words are read by who reads the need.
    return [f"Answers: {' '.join((getattr(target, 'need_text', None) or A_NEED).split())}"]


def _actions(plan: Plan, party: Party) -> str:
    return _each(action for action in plan.actions.all() if action.party == party)


def _each(actions: Iterable[PlanAction | ActionFacts], *, says_target: bool = False) -> str:
    """`says_target` within one plan alone: another numbers its targets anew."""
    return "\n".join(
        f"{a.text} ({a.who or Party(a.party).label.lower()}, by {day_in_words(a.due_on)}"
        f"{f', for target {a.target_number}' if says_target and a.target_number else ''})"
        for a in actions
    )


type Line = tuple[str, str, bool]  # A part's label, its words, and whether the school reads it.


def lines_of(facts: PlanFacts, kind_name: str) -> list[Line]:
    """A plan as it was typed, part by part, to be kept as a version."""
    lines: list[Line] = [
        ("Kind", kind_name, True),
        ("Aim", facts.aim, True),
        ("Starts", day_in_words(facts.starts_on), True),
        ("Review", day_in_words(facts.review_due_on), True),
    ]
    lines += [("Written together with the school", "Yes", True)] if facts.is_joint else []
    for number, target in enumerate(facts.targets, 1):
        lines.append((f"Target {number}", _target(target), True))
    for party in Party:
        for is_shared in (True, False):
            mine = (a for a in facts.actions if a.party == party and a.is_shared == is_shared)
            words = _each(mine, says_target=True)
            kept = "" if is_shared else ", not shown to the school"
            if words:
                lines.append((f"Actions: {party.label.lower()}{kept}", words, is_shared))
    return lines + [(label, words, True) for label, words in _week(facts.timetable)]


@dataclass(frozen=True)
class Saved:
    """One saved version: who, when, and the parts that differ from the version before."""

    version: PlanVersion
    changed: list[Changed]


def saved_versions(actor: Actor, plan: Plan) -> list[Saved]:
    """Every version of a plan that the actor reads, the newest first."""
    kept = list(PlanVersion.objects.filter(plan=plan).select_related("saved_by"))
    befores: list[PlanVersion | None] = [None, *kept[:-1]]
    reader = _Reader(actor, kept)
    found = [
        Saved(one, [line for line in _between(before, one, reader) if line.is_changed])
        for before, one in zip(befores, kept, strict=True)
    ]
    return found[::-1]


def two_versions(actor: Actor, plan: Plan, number: int) -> tuple[PlanVersion | None, PlanVersion]:
    """A version and the one saved before it, or `NotFound`."""
    upto = PlanVersion.objects.filter(plan=plan, version__lte=number).select_related("saved_by")
    found = list(upto.order_by("-version")[:2])
    if not found or found[0].version != number:
        raise NotFound
    return (found[1] if len(found) > 1 else None), found[0]


def between(actor: Actor, older: PlanVersion | None, newer: PlanVersion) -> list[Changed]:
    """Two saved versions, part by part, as this actor may read them."""
    return _between(older, newer, _Reader(actor, [older, newer]))


def _between(older: PlanVersion | None, newer: PlanVersion, reader: "_Reader") -> list[Changed]:
    before, after = reader.said(older), reader.said(newer)
    labels = list(dict.fromkeys([*after, *before]))
    return [Changed(label, before.get(label, ""), after.get(label, "")) for label in labels]


class _Reader:
    """Versions as one person may read them: what is shown to them, with the needs that they read."""

    def __init__(self, actor: Actor, versions: Iterable[PlanVersion | None]) -> None:
        self.sees_whole = policy.sees_whole(actor)
        named = {pk for one in versions if one for pk in one.needs if pk}
        self.needs = texts_by_id(actor, named) if named else {}

    def said(self, version: PlanVersion | None) -> dict[str, str]:
        if version is None:
            return {}
        found = {
            label: words
            for label, words, is_shared in version.content
            if is_shared or self.sees_whole
        }
        for number, pk in enumerate(version.needs, 1):
            if pk:
                found[f"Target {number}"] += f"\nAnswers: {self.needs.get(pk, A_NEED)}"
        return found
