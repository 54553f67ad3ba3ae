"""Questions about a child's needs, scores and words. Within scope, and within the classes read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from alongside.assessments import policy
from alongside.assessments.models import (
    Informant,
    Measure,
    MeasureResult,
    Need,
    Profile,
    Voice,
)
from alongside.assessments.wording import band_of, number, scale_of
from alongside.core.actor import Actor
from alongside.core.models import RoleAssignment, Staff
from alongside.people.models import Enrolment, Pupil
from alongside.rules.scores import Change, change_between

Occasion = MeasureResult.Occasion


@dataclass(frozen=True)
class Pair:
    """A measure by one informant: where it began, where it is, and what that may be said to show."""

    measure: Measure
    informant: str
    baseline: MeasureResult
    latest: MeasureResult | None = None

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
    """The measures of the actor's council, by name."""
    return list(Measure.objects.filter(council=actor.council_id).order_by("name", "pk"))


def results_of(actor: Actor, pupil: Pupil) -> list[MeasureResult]:
    """Every score, oldest first; those struck out among them, to be shown struck."""
    if not policy.read_scores(actor):
        return []
    found = MeasureResult.objects.filter(pupil=pupil)
    related = found.select_related("measure", "recorded_by", "struck_out_by")
    return list(related.order_by("taken_on", "pk"))


def pairs(actor: Actor, pupil: Pupil, since: date | None = None) -> list[Pair]:
    """Each measure and informant once, with its first score since a day and its newest."""
    return pair_up(results_of(actor, pupil), since)


def pair_up(results: Iterable[MeasureResult], since: date | None = None) -> list[Pair]:
    """Pairs of scores already read, by name of measure and informant."""
    begun: dict[tuple[int, str], MeasureResult] = {}
    newest: dict[tuple[int, str], MeasureResult] = {}
    for result in results:
        key = (result.measure_id, result.informant)
        if result.struck_out_because or (since and result.taken_on < since):
            continue
        if result.occasion == Occasion.BASELINE:
            begun[key] = result
            newest.pop(key, None)
        elif key in begun:
            newest[key] = result
    made = [Pair(r.measure, key[1], r, newest.get(key)) for key, r in begun.items()]
    return sorted(made, key=lambda pair: (pair.measure.name, pair.informant, pair.baseline.pk))


def get_result(actor: Actor, pupil: Pupil, result_id: int) -> MeasureResult:
    found = MeasureResult.objects.filter(pupil=pupil)
    if not policy.read_scores(actor):
        found = found.none()
    return found.select_related("pupil", "measure").one(pk=result_id)


def needs_of(actor: Actor, pupil: Pupil) -> list[Need]:
    """What the actor may read: in force first, the newest first."""
    found = Need.objects.filter(pupil=pupil).readable_by(actor)
    related = found.select_related("recorded_by", "answered_by", "pupil")
    newest = related.order_by("-recorded_on", "-pk")
    return sorted(newest, key=lambda need: need.ended_on is not None)


def get_need(actor: Actor, pupil: Pupil, need_id: int) -> Need:
    found = Need.objects.filter(pupil=pupil).readable_by(actor)
    return found.select_related("pupil", "recorded_by").one(pk=need_id)


def voices_of(actor: Actor, pupil: Pupil, most: int = 20) -> list[Voice]:
    """The child's words, newest first."""
    found = Voice.objects.filter(pupil=pupil).readable_by(actor)
    return list(found.select_related("recorded_by", "file").order_by("-said_on", "-pk")[:most])


def shared_words() -> QuerySet[Voice]:
    """What children said and let be passed on, newest first; not what others saw."""
    spoken = Voice.objects.filter(is_shared=True).exclude(words="")
    return spoken.exclude(method=Voice.Method.OBSERVED).order_by("-said_on", "-pk")


def get_voice(actor: Actor, pupil: Pupil, voice_id: int) -> Voice:
    found = Voice.objects.filter(pupil=pupil).readable_by(actor)
    return found.select_related("file").one(pk=voice_id)


def profile_of(actor: Actor, pupil: Pupil) -> Profile | None:
    """The one-page profile, which everybody who sees the pupil reads: that is what it is for."""
    return Profile.objects.filter(pupil=pupil).select_related("updated_by").first()


def sendco_ids(actor: Actor, pupil: Pupil) -> list[int]:
    """Who signs in as SENDCo of a school the pupil is on the roll of today."""
    return [person.pk for person in sendcos_of(actor, pupil)]


def sendcos_of(actor: Actor, pupil: Pupil) -> list[Staff]:
    enrolled = Enrolment.objects.current(actor.today).filter(pupil=pupil)
    held = RoleAssignment.objects.filter(
        role__in=policy.SENDCOS,
        place__in=enrolled.values("school__place"),
        starts_on__lte=actor.today,
    ).exclude(ends_on__lt=actor.today)
    return list(Staff.objects.filter(pk__in=held.values("staff"), is_active=True).order_by("pk"))
