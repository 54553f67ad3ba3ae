"""What was entered for the wrong child, or wrongly: moved or struck out, and never removed.

Scores, a child's words, needs, goals of their own and tutor talks are put right in one way, and by it the
entries of other contexts that tell their `Shape`. Both records say honestly what
happened, and neither names the other child.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction

from alongside.assessments import policy
from alongside.assessments.actions import needs, results, voice
from alongside.assessments.actions.common import audited, one_line, require_day, write_line
from alongside.assessments.models import MeasureResult, Need, PersonalGoal, TutorTalk, Voice
from alongside.core import notices
from alongside.core.actor import Actor
from alongside.core.decisions import Decision, Problem, require
from alongside.core.handling import InformationClass
from alongside.people.actions.chronology import withhold
from alongside.people.models import Capacity, EntryKind, Involvement, Pupil

WRONG_CHILD = "Entered for the wrong child"


@dataclass(frozen=True)
class Shape:
    """How one kind of entry is called, where it is read, and what is particular about it."""

    key: str  # Of the audit and the notice.
    noun: str
    at: str  # Where the list of a pupil's is, after the pupil's own address.
    line: EntryKind
    in_words: Callable[[Any], str]
    struck: Callable[
        [Any], str
    ]  # On the record it is taken off: of a child's words, not the words.
    day: Callable[[Any], date]
    add: Callable[[Actor, Sequence[Any], Pupil, str], list[Any]]  # To the right child.
    may_strike: Callable[[Actor, Any], Decision] = policy.strike_out
    may_move: Callable[[Actor, Any, Pupil], Decision] = policy.move_to
    ends: Callable[[Actor, Any], dict[str, Any]] = lambda actor, row: {}  # With striking out.
    held_with: tuple[str, ...] = ()


@transaction.atomic
def strike_out(*, actor: Actor, entry: Any, reason: str, shape: Shape | None = None) -> Any:
    """Entered wrongly: kept, shown struck, counted nowhere. Scores of one sitting go as a whole.

    A context above this one tells the `shape` of its own entries.
    """
    shape = shape or SHAPES[type(entry)]
    rows = _held(entry, shape)
    require(shape.may_strike(actor, rows[0]))
    if not reason.strip():
        raise Problem("Say why it is struck out.", "reason")
    _strike(actor, rows, one_line(reason)[:300], shape)
    audited(actor, f"{shape.key}.struck", _subject(rows[0], shape), rows[0].pupil, rows=len(rows))
    return next(row for row in rows if row.pk == entry.pk)


@transaction.atomic
def move_to_child(
    *,
    actor: Actor,
    entry: Any,
    to_pupil: Pupil,
    reason: str,
    occasion: str = "",
    shape: Shape | None = None,
) -> list[Any]:
    """Take it to the child it is about. It stays struck out where it was entered.

    `occasion` says of a score when in the work with that child it was given.
    """
    shape = shape or SHAPES[type(entry)]
    pupils = sorted({entry.pupil_id, to_pupil.pk})
    list(Pupil.objects.select_for_update().filter(pk__in=pupils).order_by("pk"))
    rows = _held(entry, shape)
    require(shape.may_strike(actor, rows[0]))
    require(shape.may_move(actor, rows[0], to_pupil))
    if not reason.strip():
        raise Problem("Say how you know whose it is.", "reason")
    why = one_line(f"{WRONG_CHILD}. {reason}")[:300]
    _strike(actor, rows, why, shape)
    moved = shape.add(actor, rows, to_pupil, occasion)
    said = f"Put right: {shape.in_words(moved[0])}"[:240]
    line = f"{said}. It was first entered on another record by mistake"
    _link(moved, _write(actor, moved, line, why, shape))
    for verb, there, these, others in (
        ("moved_out", entry.pupil, rows, moved),
        ("moved_in", to_pupil, moved, rows),
    ):
        audited(
            actor, f"{shape.key}.{verb}", _subject(these[0], shape), there, rows=len(these),
            other=others[0].pk, reason=why,
        )  # fmt: skip
        _tell_lead(actor, there, shape, verb)
    return moved


def _subject(row: Any, shape: Shape) -> str:
    return f"{'result' if isinstance(row, MeasureResult) else shape.key} {row.pk}"


def _held(entry: Any, shape: Shape) -> list[Any]:
    """The entry as it is now, with those of its sitting, held until this transaction ends."""
    found: Any = type(entry)._default_manager.select_for_update(of=("self",))
    found = found.select_related("pupil", "entry", *shape.held_with)
    if not isinstance(entry, MeasureResult) or not entry.sitting:
        return [found.get(pk=entry.pk)]
    return list(found.filter(sitting=entry.sitting, pupil=entry.pupil_id).order_by("pk"))


def _strike(actor: Actor, rows: Sequence[Any], why: str, shape: Shape) -> None:
    first = rows[0]
    mark = {"struck_out_because": why, "struck_out_by_id": actor.staff_id}
    for row in rows:
        changed = mark | shape.ends(actor, row)
        for name, value in changed.items():
            setattr(row, name, value)
        row.save(update_fields=[name.removesuffix("_id") for name in changed])
    if isinstance(first, MeasureResult) and first.sitting:
        # What was said in the same breath goes with the scores.
        Voice.objects.filter(pupil=first.pupil_id, sitting=first.sitting).update(**mark)
    for entry in {row.entry_id: row.entry for row in rows if row.entry}.values():
        withhold(entry)  # A paper of two sittings has two.
    _write(actor, rows, f"Struck out: {shape.struck(first)}", why, shape, corrects=True)


def _add_words(actor: Actor, rows: Sequence[Any], to_pupil: Pupil, occasion: str) -> list[Any]:
    require_day(actor, to_pupil, rows[0].said_on, "to_pupil")
    return [copy_to(actor, rows[0], to_pupil, goal=None)]


def _add_need(actor: Actor, rows: Sequence[Any], to_pupil: Pupil, occasion: str) -> list[Any]:
    first = rows[0]
    require_day(actor, to_pupil, first.recorded_on, "to_pupil")
    told = copy_to(
        actor, first, to_pupil, ended_on=None, closing_note="", outcome="", assessed="",
        registered_on=None, answer="", answered_on=None, answered_by=None,
    )  # fmt: skip
    if told.kind == Need.Kind.SUSPECTED_SEND:
        needs.tell_sendco(actor, told)
    return [told]


def _add_goal(actor: Actor, rows: Sequence[Any], to_pupil: Pupil, occasion: str) -> list[Any]:
    """The goal and what the child said of it: they said it of this goal."""
    first = rows[0]
    require_day(actor, to_pupil, first.set_on, "to_pupil")
    moved = copy_to(actor, first, to_pupil)
    said = Voice.objects.filter(goal=first, struck_out_because="")
    for words in said.select_related("pupil", "entry").order_by("pk"):
        copy_to(actor, words, to_pupil, goal_id=moved.pk)
        _strike(actor, [words], WRONG_CHILD, SHAPES[Voice])
    return [moved]


def _add_talk(actor: Actor, rows: Sequence[Any], to_pupil: Pupil, occasion: str) -> list[Any]:
    require_day(actor, to_pupil, rows[0].on, "to_pupil")
    # The talk stays its tutor's, whoever puts it right.
    return [copy_to(actor, rows[0], to_pupil, recorded_by_id=rows[0].recorded_by_id)]


def _add_scores(actor: Actor, rows: Sequence[Any], to_pupil: Pupil, occasion: str) -> list[Any]:
    first, sitting = rows[0], uuid4() if rows[0].sitting else None
    if sitting:  # The child's words beside their scores are theirs too.
        for said in Voice.objects.filter(pupil=first.pupil_id, sitting=first.sitting):
            copy_to(actor, said, to_pupil, sitting=sitting, occasion=occasion)
    return [
        results.add_score(
            actor,
            to_pupil,
            row.measure,
            row.score,
            results.Given(row.informant, occasion, row.taken_on, row.note),
            sitting=sitting,
            goals=row.goals,
            moved_from=row,
        )
        for row in rows
    ]


def copy_to(actor: Actor, row: Any, to_pupil: Pupil, **other: Any) -> Any:
    """The same words on the right record, entered by who puts it right."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in ("id", "council", "created_at")
    }
    return type(row)._default_manager.create(
        **values
        | {"pupil_id": to_pupil.pk, "recorded_by_id": actor.staff_id, "moved_from_id": row.pk}
        | {"struck_out_because": "", "struck_out_by_id": None, "entry_id": None}
        | other
    )


def _link(rows: Sequence[Any], entry: Any) -> None:
    type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]).update(entry=entry)


def _write(
    actor: Actor,
    rows: Sequence[Any],
    summary: str,
    why: str,
    shape: Shape,
    *,
    corrects: bool = False,
) -> object:
    """A line of today; a correction stands beneath the line it corrects."""
    first = rows[0]
    held_as = InformationClass(getattr(first, "information_class", InformationClass.CASEWORK))
    is_shared = not corrects and getattr(first, "is_shared", False)
    if isinstance(first, Voice) and is_shared:
        held_as = InformationClass.PUPIL
    return write_line(
        actor,
        first.pupil,
        shape.line,
        held_as,
        summary,
        on=actor.today if corrects else shape.day(first),
        detail=why,
        is_shared=is_shared,
        corrects=first.entry if corrects else None,
    )


def _tell_lead(actor: Actor, pupil: Pupil, shape: Shape, verb: str) -> None:
    """Who leads the work with either child hears of it, for they may have relied on it."""
    leads = Involvement.objects.filter(pupil=pupil, capacity=Capacity.LEAD, ends_on=None)
    said = {
        "moved_out": f"{shape.noun} was taken off this record: it was another child’s.",
        "moved_in": f"{shape.noun} was put on this record that had been entered on another.",
    }
    notices.notify(
        staff_ids=list(
            leads.exclude(staff=actor.staff_id)
            .exclude(staff=None)
            .values_list("staff_id", flat=True)
        ),
        kind=f"{shape.key}.{verb}",
        text=said[verb],
        url=f"/pupils/{pupil.pk}/{shape.at}",
        pupil_id=pupil.pk,
    )


def _ended(actor: Actor, need: Need) -> dict[str, Any]:
    return {"ended_on": need.ended_on or actor.today}


SHAPES: dict[type[Any], Shape] = {
    MeasureResult: Shape(
        "measure", "A score", "assessment/#scores", EntryKind.ASSESSMENT, results.in_words,
        results.in_words, lambda result: result.taken_on, _add_scores, held_with=("measure",),
    ),
    Voice: Shape(
        "voice", "Something a child said or showed", "assessment/#voice", EntryKind.VOICE,
        voice.in_words, lambda said: f"what was said or shown on {said.said_on:%-d %B %Y}",
        lambda said: said.said_on, _add_words,
    ),
    Need: Shape(
        "need", "A need or strength", "assessment/#needs", EntryKind.ASSESSMENT,
        lambda need: f"{need.get_kind_display()}: {need.text}",
        lambda need: f"{need.get_kind_display().lower()} of {need.recorded_on:%-d %B %Y}",
        lambda need: need.recorded_on, _add_need, ends=_ended,
    ),
    PersonalGoal: Shape(
        "goal", "A goal of a child’s own", "assessment/voice/#goals", EntryKind.VOICE,
        lambda goal: f"Goal of their own: {goal.text}",
        lambda goal: f"goal of their own of {goal.set_on:%-d %B %Y}",
        lambda goal: goal.set_on, _add_goal,
    ),
    TutorTalk: Shape(
        "talk", "A tutor talk", "assessment/voice/#talks", EntryKind.CONTACT,
        lambda talk: "Tutor talk", lambda talk: f"tutor talk of {talk.on:%-d %B %Y}",
        lambda talk: talk.on, _add_talk, may_strike=policy.strike_out_talk,
        may_move=policy.move_talk,
    ),
}  # fmt: skip
