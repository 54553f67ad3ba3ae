"""Questions about scores: each held against the one it began with. Scores are casework."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from alongside.assessments import policy
from alongside.assessments.models import Informant, Measure, MeasureResult
from alongside.assessments.wording import band_of, number, scale_of
from alongside.core.actor import Actor
from alongside.core.prepared import prepared
from alongside.people.models import Pupil
from alongside.rules.scores import Change, change_between

Occasion = MeasureResult.Occasion


@dataclass(frozen=True)
class Pair:
    """A measure by one informant: where it began, where it is, and what that may be said to show."""

    measure: Measure
    informant: str
    baseline: MeasureResult
    latest: MeasureResult | None = None
    between: tuple[MeasureResult, ...] = ()  # Those after the first and before the newest.

    @property
    def through(self) -> list[MeasureResult]:
        """Every score of it that counts, in order of time."""
        return [self.baseline, *self.between, *([self.latest] if self.latest else [])]

    @property
    def informant_label(self) -> str:
        return str(Informant(self.informant).label)

    @property
    def change(self) -> Change | None:
        if self.latest is None:
            return None
        before, after = number(self.baseline.score), number(self.latest.score)
        return change_between(before, after, scale_of(self.measure))

    @property
    def words(self) -> str:
        return self.change.words if self.change else "Not measured again yet."

    @property
    def band_before(self) -> str:
        return band_of(self.measure, self.informant, self.baseline.score)

    @property
    def band_after(self) -> str:
        return band_of(self.measure, self.informant, self.latest.score) if self.latest else ""


def measures(actor: Actor) -> list[Measure]:
    """The measures of the actor's council that are used, by name."""
    found = Measure.objects.filter(council=actor.council_id, ended_on=None)
    return list(found.order_by("name", "pk"))


def ended_measures(actor: Actor) -> list[Measure]:
    """Those used no longer, the last first, each with what follows it."""
    found = Measure.objects.filter(council=actor.council_id).exclude(ended_on=None)
    return list(found.select_related("followed_by").order_by("-ended_on", "name", "pk"))


def get_measure(actor: Actor, measure_id: int) -> Measure:
    return Measure.objects.filter(council=actor.council_id).one(pk=measure_id)


def results_of(actor: Actor, pupil: Pupil) -> list[MeasureResult]:
    """Every score, oldest first; those struck out among them, to be shown struck."""
    return _results(pupil) if policy.read_scores(actor) else []


def pairs_told_to_school(pupil: Pupil, since: date | None = None) -> list[Pair]:
    """Of the teacher's scores, as the school's copy of a report shows them to whoever reads that copy:
    who sends it in and who approves it read the same."""
    return [pair for pair in pair_up(_results(pupil), since) if pair.informant == "TEACHER"]


def _results(pupil: Pupil) -> list[MeasureResult]:
    return _every(pupil_id=pupil.pk)


@prepared
def _every(*, pupil_id: Any) -> QuerySet[MeasureResult]:
    found = MeasureResult.objects.filter(pupil_id=pupil_id)
    related = found.select_related(
        "measure", "recorded_by", "struck_out_by", "moved_from__recorded_by"
    )
    return related.order_by("taken_on", "pk")


def pairs(actor: Actor, pupil: Pupil, since: date | None = None) -> list[Pair]:
    """Each measure and informant once, with its first score since a day and its newest."""
    return pair_up(results_of(actor, pupil), since)


def pair_up(results: Iterable[MeasureResult], since: date | None = None) -> list[Pair]:
    """Pairs of scores already read, by name of measure and informant."""
    begun: dict[tuple[int, str], MeasureResult] = {}
    later: dict[tuple[int, str], list[MeasureResult]] = {}
    for result in results:
        key = (result.measure_id, result.informant)
        if result.struck_out_because or (since and result.taken_on < since):
            continue
        if result.occasion == Occasion.BASELINE:
            begun[key] = result
            later.pop(key, None)
        elif key in begun:
            later.setdefault(key, []).append(result)
    made = [_pair(first, later.get(key, [])) for key, first in begun.items()]
    return sorted(made, key=lambda pair: (pair.measure.name, pair.informant, pair.baseline.pk))


def _pair(first: MeasureResult, later: list[MeasureResult]) -> Pair:
    latest = later[-1] if later else None
    return Pair(first.measure, first.informant, first, latest, tuple(later[:-1]))


def get_result(actor: Actor, pupil: Pupil, result_id: int) -> MeasureResult:
    found = MeasureResult.objects.filter(pupil=pupil)
    if not policy.read_scores(actor):
        found = found.none()
    return found.select_related("pupil", "measure").one(pk=result_id)


def sitting_of(result: MeasureResult) -> list[MeasureResult]:
    """The scores given together with this one, itself among them."""
    if not result.sitting:
        return [result]
    found = MeasureResult.objects.filter(pupil=result.pupil_id, sitting=result.sitting)
    return list(found.select_related("measure").order_by("pk"))


def latest_goals(pupil: Pupil, measure: Measure) -> list[dict[str, Any]]:
    """The goals as they were rated last, to be rated again."""
    found = MeasureResult.objects.filter(pupil=pupil, measure=measure, struck_out_because="")
    rated = found.order_by("-taken_on", "-pk").values_list("goals", flat=True).first()
    return list(rated or [])
