"""Questions about needs assessments: the newest, those beside each other, the council's barriers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from alongside.assessments import policy
from alongside.assessments.models import (
    Barrier,
    Domain,
    Need,
    NeedsAssessment,
    SupportLevel,
)
from alongside.core.actor import Actor
from alongside.core.prepared import prepared
from alongside.people.models import Pupil
from alongside.rules.needs import RATINGS, change_in_words

BESIDE = 4  # Assessments that a table shows side by side: the first and the newest three.


@dataclass(frozen=True)
class Line:
    """One domain across the assessments shown: each rating in words, and what changed."""

    domain: Domain
    ratings: tuple[int, ...]
    change: str

    @property
    def words(self) -> list[str]:
        return [RATINGS[rating] for rating in self.ratings]


def barriers(actor: Actor) -> list[Barrier]:
    """The council's list, in the order of the domains."""
    found = Barrier.objects.filter(council=actor.council_id).order_by("order", "name", "pk")
    place = {domain: n for n, domain in enumerate(Domain)}
    return sorted(found, key=lambda barrier: place[Domain(barrier.domain)])


def levels(actor: Actor) -> list[SupportLevel]:
    return list(SupportLevel.objects.filter(council=actor.council_id).order_by("low", "pk"))


def assessments_of(actor: Actor, pupil: Pupil) -> list[NeedsAssessment]:
    """Every one, oldest first; those withdrawn among them, to be shown as such."""
    if not policy.read_assessments(actor):
        return []
    return _every(pupil_id=pupil.pk)


@prepared
def _every(*, pupil_id: Any) -> QuerySet[NeedsAssessment]:
    found = NeedsAssessment.objects.filter(pupil_id=pupil_id)
    related = found.select_related("recorded_by", "withdrawn_by", "suggested", "agreed")
    return related.order_by("taken_on", "number")


def get_assessment(actor: Actor, pupil: Pupil, assessment_id: int) -> NeedsAssessment:
    found = NeedsAssessment.objects.filter(pupil=pupil)
    if not policy.read_assessments(actor):
        found = found.none()
    related = ("pupil", "recorded_by", "withdrawn_by", "suggested", "agreed", "agreed_by")
    return found.select_related(*related).one(pk=assessment_id)


def latest_assessment(actor: Actor, pupil: Pupil) -> NeedsAssessment | None:
    """The newest that stands."""
    stands = [one for one in assessments_of(actor, pupil) if not one.withdrawn_because]
    return stands[-1] if stands else None


def beside(found: Sequence[NeedsAssessment]) -> list[NeedsAssessment]:
    """Those that stand: the first, and the newest."""
    stands = [one for one in found if not one.withdrawn_because]
    return stands if len(stands) <= BESIDE else [stands[0], *stands[-(BESIDE - 1) :]]


def domain_lines(shown: Sequence[NeedsAssessment]) -> list[Line]:
    """A line a domain, what gets most in the way now first."""
    if not shown:
        return []
    lines = []
    for domain in Domain:
        ratings = tuple(one.ratings.get(domain, 0) for one in shown)
        change = change_in_words(ratings[0], ratings[-1]) if len(ratings) > 1 else ""
        lines.append(Line(domain, ratings, change))
    return sorted(lines, key=lambda line: -line.ratings[-1])


def barriers_then(actor: Actor, assessment: NeedsAssessment) -> list[Need]:
    """The barriers that stood at an assessment, as far as the actor reads them."""
    found = Need.objects.filter(pk__in=assessment.need_ids).readable_by(actor)
    return list(found.select_related("barrier").order_by("barrier__order", "pk"))


def standing_barriers(pupil: Pupil) -> list[Need]:
    """Barriers of the council's list that stand today. For those who read casework."""
    found = Need.objects.filter(pupil=pupil, kind=Need.Kind.BARRIER, ended_on=None)
    return list(
        found.exclude(barrier=None).select_related("barrier").order_by("barrier__order", "pk")
    )


def strategies_for(needs: Iterable[Need]) -> list[tuple[str, list[str]]]:
    """Each barrier with what often helps, as the council's list says."""
    return [(need.text, need.barrier.strategies) for need in needs if need.barrier]
