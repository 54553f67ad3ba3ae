"""A score entered for the wrong child, or wrongly: moved or struck out, and never removed.

Both records say honestly what happened, and neither names the other child.
"""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction

from alongside.assessments import policy
from alongside.assessments.actions.common import audited, one_line, write_line
from alongside.assessments.actions.results import Given, add_score, in_words
from alongside.assessments.models import MeasureResult, Voice
from alongside.core import notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.people.models import Capacity, EntryKind, Involvement, Pupil

WRONG_CHILD = "Entered for the wrong child"


@transaction.atomic
def strike_out_result(*, actor: Actor, result: MeasureResult, reason: str) -> MeasureResult:
    """A score entered wrongly: kept, shown struck, counted nowhere. One sitting goes as a whole."""
    results = _held(result)
    require(policy.strike_out(actor, results[0]))
    if not reason.strip():
        raise Problem("Say why it is struck out.", "reason")
    _strike(actor, results, one_line(reason)[:300])
    audited(
        actor, "measure.struck", f"result {results[0].pk}", results[0].pupil,
        scores=len(results),
    )  # fmt: skip
    return next(r for r in results if r.pk == result.pk)


@transaction.atomic
def move_result(
    *, actor: Actor, result: MeasureResult, to_pupil: Pupil, occasion: str, reason: str
) -> list[MeasureResult]:
    """Take a score to the child it was given for. It stays struck out where it was entered."""
    pupils = sorted({result.pupil_id, to_pupil.pk})
    list(Pupil.objects.select_for_update().filter(pk__in=pupils).order_by("pk"))
    results = _held(result)
    require(policy.strike_out(actor, results[0]))
    require(policy.move_to(actor, results[0], to_pupil))
    if not reason.strip():
        raise Problem("Say how you know whose score it is.", "reason")
    why = one_line(f"{WRONG_CHILD}. {reason}")[:300]
    _strike(actor, results, why)
    moved = _add_to(actor, results, to_pupil, occasion)
    summary = in_words(moved[0])
    line = f"Put right: {summary}. It was first entered on another record by mistake"
    entry = _write(actor, moved, line, why)
    MeasureResult.objects.filter(pk__in=[r.pk for r in moved]).update(entry=entry)
    for kind, there, rows in (
        ("measure.moved_out", result.pupil, results),
        ("measure.moved_in", to_pupil, moved),
    ):
        audited(
            actor, kind, f"result {rows[0].pk}", there, scores=len(rows),
            other=(moved if rows is results else results)[0].pk, reason=why,
        )  # fmt: skip
        _tell_lead(actor, there, kind)
    return moved


def _held(result: MeasureResult) -> list[MeasureResult]:
    """The score as it is now, first, with those of its sitting, held until this transaction ends."""
    found = MeasureResult.objects.select_for_update(of=("self",)).select_related(
        "pupil", "measure", "entry"
    )
    if not result.sitting:
        return [found.get(pk=result.pk)]
    return list(found.filter(sitting=result.sitting, pupil=result.pupil_id).order_by("pk"))


def _strike(actor: Actor, results: Sequence[MeasureResult], why: str) -> None:
    for result in results:
        result.struck_out_because, result.struck_out_by_id = why, actor.staff_id
        result.save(update_fields=["struck_out_because", "struck_out_by"])
    if results[0].sitting:  # What was said in the same breath goes with the scores.
        Voice.objects.filter(pupil=results[0].pupil_id, sitting=results[0].sitting).update(
            withdrawn_because=why
        )
    _write(actor, results, f"Struck out: {in_words(results[0])}", why, corrects=True)


def _add_to(
    actor: Actor, results: Sequence[MeasureResult], to_pupil: Pupil, occasion: str
) -> list[MeasureResult]:
    sitting: UUID | None = uuid4() if results[0].sitting else None
    if sitting:
        _take_words(actor, results[0], to_pupil, occasion, sitting)
    return [
        add_score(
            actor,
            to_pupil,
            result.measure,
            result.score,
            Given(result.informant, occasion, result.taken_on, result.note),
            sitting=sitting,
            goals=result.goals,
            moved_from=result,
        )
        for result in results
    ]


def _take_words(
    actor: Actor, result: MeasureResult, to_pupil: Pupil, occasion: str, sitting: UUID
) -> None:
    """The child's words beside their scores are theirs too: the same words, on the right record."""
    for said in Voice.objects.filter(pupil=result.pupil_id, sitting=result.sitting):
        said.pk, said.pupil, said.sitting = None, to_pupil, sitting
        said.occasion, said.withdrawn_because = occasion, ""
        said.recorded_by_id = actor.staff_id
        said._state.adding = True
        said.save()


def _write(
    actor: Actor,
    results: Sequence[MeasureResult],
    summary: str,
    why: str,
    *,
    corrects: bool = False,
) -> object:
    """A line of today; a correction stands beneath the line it corrects."""
    return write_line(
        actor,
        results[0].pupil,
        EntryKind.ASSESSMENT,
        InformationClass.CASEWORK,
        summary,
        on=actor.today if corrects else results[0].taken_on,
        detail=why,
        corrects=results[0].entry if corrects else None,
    )


def _tell_lead(actor: Actor, pupil: Pupil, kind: str) -> None:
    """Who leads the work with either child hears of it, for they may have relied on it."""
    leads = Involvement.objects.filter(pupil=pupil, capacity=Capacity.LEAD, ends_on=None)
    said = {
        "measure.moved_out": "A score was taken off this record: it was another child’s.",
        "measure.moved_in": "A score was put on this record that had been entered on another.",
    }
    notices.notify(
        staff_ids=list(
            leads.exclude(staff=actor.staff_id)
            .exclude(staff=None)
            .values_list("staff_id", flat=True)
        ),
        kind=kind,
        text=said[kind],
        url=f"/pupils/{pupil.pk}/assessment/#scores",
        pupil_id=pupil.pk,
    )
