"""What was entered for the wrong child, or wrongly: moved or struck out, and never removed.

A score, a child's words and a need are put right in one way. Both records say honestly what
happened, and neither names the other child.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import transaction

from alongside.assessments import policy
from alongside.assessments.actions import needs, results, voice
from alongside.assessments.actions.common import audited, one_line, require_day, write_line
from alongside.assessments.models import MeasureResult, Need, Voice
from alongside.assessments.policy import Entered
from alongside.core import notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.people.actions.chronology import withhold
from alongside.people.models import Capacity, EntryKind, Involvement, Pupil

WRONG_CHILD = "Entered for the wrong child"


@dataclass(frozen=True)
class Shape:
    """How one kind of entry is called, and where it is read."""

    key: str  # Of the audit and the notice.
    noun: str
    anchor: str
    line: EntryKind
    in_words: Callable[[Any], str]
    struck: Callable[
        [Any], str
    ]  # On the record it is taken off: of a child's words, not the words.


SHAPES: dict[type[Any], Shape] = {
    MeasureResult: Shape(
        "measure", "A score", "scores", EntryKind.ASSESSMENT, results.in_words, results.in_words
    ),
    Voice: Shape(
        "voice",
        "Something a child said or showed",
        "voice",
        EntryKind.VOICE,
        voice.in_words,
        lambda said: f"what was said or shown on {said.said_on:%-d %B %Y}",
    ),
    Need: Shape(
        "need",
        "A need or strength",
        "needs",
        EntryKind.ASSESSMENT,
        lambda need: f"{need.get_kind_display()}: {need.text}",
        lambda need: f"{need.get_kind_display().lower()} of {need.recorded_on:%-d %B %Y}",
    ),
}


@transaction.atomic
def strike_out[E: Entered](*, actor: Actor, entry: E, reason: str) -> E:
    """Entered wrongly: kept, shown struck, counted nowhere. Scores of one sitting go as a whole."""
    rows = _held(entry)
    require(policy.strike_out(actor, rows[0]))
    if not reason.strip():
        raise Problem("Say why it is struck out.", "reason")
    _strike(actor, rows, one_line(reason)[:300])
    shape = SHAPES[type(entry)]
    audited(actor, f"{shape.key}.struck", _subject(rows[0]), rows[0].pupil, rows=len(rows))
    return next(row for row in rows if row.pk == entry.pk)


@transaction.atomic
def move_to_child[E: Entered](
    *, actor: Actor, entry: E, to_pupil: Pupil, reason: str, occasion: str = ""
) -> list[E]:
    """Take it to the child it is about. It stays struck out where it was entered.

    `occasion` says of a score when in the work with that child it was given.
    """
    pupils = sorted({entry.pupil_id, to_pupil.pk})
    list(Pupil.objects.select_for_update().filter(pk__in=pupils).order_by("pk"))
    rows = _held(entry)
    require(policy.strike_out(actor, rows[0]))
    require(policy.move_to(actor, rows[0], to_pupil))
    if not reason.strip():
        raise Problem("Say how you know whose it is.", "reason")
    why = one_line(f"{WRONG_CHILD}. {reason}")[:300]
    _strike(actor, rows, why)
    moved = _add_to(actor, rows, to_pupil, occasion)
    shape = SHAPES[type(entry)]
    said = f"Put right: {shape.in_words(moved[0])}"[:240]
    line = f"{said}. It was first entered on another record by mistake"
    _link(moved, _write(actor, moved, line, why))
    for verb, there, these, others in (
        ("moved_out", entry.pupil, rows, moved),
        ("moved_in", to_pupil, moved, rows),
    ):
        audited(
            actor, f"{shape.key}.{verb}", _subject(these[0]), there, rows=len(these),
            other=others[0].pk, reason=why,
        )  # fmt: skip
        _tell_lead(actor, there, shape, verb)
    return moved


def _subject(row: Any) -> str:
    return f"{'result' if isinstance(row, MeasureResult) else SHAPES[type(row)].key} {row.pk}"


def _held[E: Entered](entry: E) -> list[E]:
    """The entry as it is now, with those of its sitting, held until this transaction ends."""
    related = ["pupil", "entry"] + (["measure"] if isinstance(entry, MeasureResult) else [])
    found: Any = type(entry)._default_manager.select_for_update(of=("self",))
    found = found.select_related(*related)
    if not isinstance(entry, MeasureResult) or not entry.sitting:
        return [found.get(pk=entry.pk)]
    return list(found.filter(sitting=entry.sitting, pupil=entry.pupil_id).order_by("pk"))


def _strike(actor: Actor, rows: Sequence[Any], why: str) -> None:
    first, shape = rows[0], SHAPES[type(rows[0])]
    mark = {"struck_out_because": why, "struck_out_by_id": actor.staff_id}
    for row in rows:
        changed = mark | ({"ended_on": row.ended_on or actor.today} if shape.key == "need" else {})
        for name, value in changed.items():
            setattr(row, name, value)
        row.save(update_fields=[name.removesuffix("_id") for name in changed])
    if isinstance(first, MeasureResult) and first.sitting:
        # What was said in the same breath goes with the scores.
        Voice.objects.filter(pupil=first.pupil_id, sitting=first.sitting).update(**mark)
    if first.entry:
        withhold(first.entry)
    _write(actor, rows, f"Struck out: {shape.struck(first)}", why, corrects=True)


def _add_to(actor: Actor, rows: Sequence[Any], to_pupil: Pupil, occasion: str) -> list[Any]:
    first = rows[0]
    if isinstance(first, MeasureResult):
        return _add_scores(actor, rows, to_pupil, occasion)
    if isinstance(first, Voice):
        require_day(actor, to_pupil, first.said_on, "to_pupil")
        return [_copy(actor, first, to_pupil, goal=None)]
    require_day(actor, to_pupil, first.recorded_on, "to_pupil")
    told = _copy(
        actor, first, to_pupil, ended_on=None, closing_note="", outcome="", assessed="",
        registered_on=None, answer="", answered_on=None, answered_by=None,
    )  # fmt: skip
    if told.kind == Need.Kind.SUSPECTED_SEND:
        needs.tell_sendco(actor, told)
    return [told]


def _add_scores(
    actor: Actor, rows: Sequence[MeasureResult], to_pupil: Pupil, occasion: str
) -> list[MeasureResult]:
    first, sitting = rows[0], uuid4() if rows[0].sitting else None
    if sitting:  # The child's words beside their scores are theirs too.
        for said in Voice.objects.filter(pupil=first.pupil_id, sitting=first.sitting):
            _copy(actor, said, to_pupil, sitting=sitting, occasion=occasion)
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


def _copy[M: (Voice, Need)](actor: Actor, row: M, to_pupil: Pupil, **other: Any) -> M:
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
    actor: Actor, rows: Sequence[Any], summary: str, why: str, *, corrects: bool = False
) -> object:
    """A line of today; a correction stands beneath the line it corrects."""
    first, shape = rows[0], SHAPES[type(rows[0])]
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
        on=actor.today if corrects else _day_of(first),
        detail=why,
        is_shared=is_shared,
        corrects=first.entry if corrects else None,
    )


def _day_of(row: Any) -> Any:
    names = {MeasureResult: "taken_on", Voice: "said_on", Need: "recorded_on"}
    return getattr(row, names[type(row)])


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
        url=f"/pupils/{pupil.pk}/assessment/#{shape.anchor}",
        pupil_id=pupil.pk,
    )
