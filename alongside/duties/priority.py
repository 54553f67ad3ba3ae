"""How pressing a case is: what is known of risk, need and safeguarding, each fact with its weight.

The weights are ours, no law's and no tool's. The same tables make the words that people read and
the order of the list, so that a list can never say one thing and show another.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case as Choose
from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models import When as If
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.db.models.lookups import Exact

from alongside.cases.models import Case, Priority, PriorityOverride
from alongside.core.prepared import prepared
from alongside.people.models import Flag, SenProvision

RISK = {Case.Risk.HIGH: 4, Case.Risk.MEDIUM: 2}
COMPLEXITY = {Case.Complexity.VERY_COMPLEX: 2, Case.Complexity.COMPLEX: 1}
SEND = {SenProvision.PLAN: 1}
# Of what stands on the banner, the weightiest alone counts: three flags may tell of one thing.
SAFETY = {
    Flag.Kind.SOCIAL_WORKER: 3,
    Flag.Kind.LOOKED_AFTER: 3,
    Flag.Kind.CONCEALED_ADDRESS: 2,
    Flag.Kind.SAFETY_PLAN: 2,
}
SAFEGUARDING = "Safeguarding"  # The heading of those facts.
MOST_POINTS = sum(max(weights.values()) for weights in (RISK, COMPLEXITY, SEND, SAFETY))
# From how many points on: the most pressing first.
BANDS = (
    (7, Priority.VERY_HIGH),
    (5, Priority.HIGH),
    (3, Priority.MEDIUM),
    (0, Priority.LOW),
)
STEPS = {priority: place for place, (_, priority) in enumerate(BANDS)}
A_BAND = (
    100  # Between two bands of the order; a person's own view stands before the facts' of its band.
)


@dataclass(frozen=True)
class Fact:
    """One thing that is so, under risk, need or safeguarding, and how much it counts."""

    heading: str
    words: str
    weight: int


@dataclass(frozen=True)
class Standing:
    """Where a case stands: by the facts, and by a person's own view where there is one."""

    facts: tuple[Fact, ...]
    by_facts: Priority
    override: dict[str, Any] | None = None

    @property
    def priority(self) -> Priority:
        return Priority(self.override["priority"]) if self.override else self.by_facts

    @property
    def points(self) -> int:
        return sum(fact.weight for fact in self.facts)


def facts_of(case: dict[str, Any]) -> tuple[Fact, ...]:
    """What is known, from what `columns` found: the weightiest first."""
    risk = case["risk_now"] or case["risk_at_start"]
    complexity = case["complexity"]
    found = [
        Fact("Risk", f"Risk of exclusion {Case.Risk(risk).label.lower()}", RISK.get(risk, 0))
        if risk
        else Fact("Risk", "Risk of exclusion not said yet", 0),
        Fact("Need", f"{Case.Complexity(complexity).label} case", COMPLEXITY.get(complexity, 0)),
        Fact("Need", "Has an EHCP", SEND.get(case["sen_provision"], 0)),
    ]
    kinds = sorted(set(case["safety"] or ()), key=lambda kind: -SAFETY[kind])
    if kinds:
        found.append(Fact(SAFEGUARDING, Flag.Kind(kinds[0]).label, SAFETY[kinds[0]]))
    is_told = [f for f in found if f.weight or f.heading == "Risk"]
    return tuple(sorted(is_told, key=lambda fact: -fact.weight))


def standing_of(case: dict[str, Any]) -> Standing:
    facts = facts_of(case)
    return Standing(facts, band_of(sum(f.weight for f in facts)), case["override"])


def band_of(points: int) -> Priority:
    return next(priority for least, priority in BANDS if points >= least)


def to_move_down(standing: Standing) -> str:
    """Which fact, once it is no longer so, would take the case to a lower priority."""
    for fact in standing.facts:
        if fact.weight and band_of(standing.points - fact.weight) != standing.by_facts:
            lower = band_of(standing.points - fact.weight).label.lower()
            return f"“{fact.words}” no longer being so: then it would be {lower}."
    return ""


def columns(
    knows_safety: bool, today: Any, *, case: str = "pk", pupil: str = "pupil"
) -> dict[str, Any]:
    """What `standing_of` needs of a case, for `.values()`. The two names lead to case and pupil."""
    overrides = PriorityOverride.objects.filter(case=OuterRef(case)).in_force(today)
    told = JSONObject(priority="priority", reason="reason", until="until", by="set_by__name")
    return {
        "sen_provision": F(f"{pupil}__sen_provision"),
        "safety": ArraySubquery(_flags(knows_safety, today, pupil).values("kind")),
        "override": Subquery(overrides.values(told=told)[:1]),
    }


COLUMNS = ("risk_now", "risk_at_start", "complexity", "is_contentious", "primary_need")


def in_order(cases: QuerySet[Any], knows_safety: bool, today: Any) -> QuerySet[Any]:
    """Cases with `priority_key`, the most pressing lowest: bands, then points within one.

    What a person set stands before what the facts put in the same band.
    """
    weighed = _flags(knows_safety, today).annotate(counts=_weights(F("kind"), SAFETY))
    heaviest = Subquery(weighed.order_by("-counts").values("counts")[:1])
    risk = Coalesce(NullIf(F("risk_now"), Value("")), F("risk_at_start"))
    overrides = PriorityOverride.objects.filter(case=OuterRef("pk")).in_force(today)
    points = (
        _weights(risk, RISK)
        + _weights(F("complexity"), COMPLEXITY)
        + _weights(F("pupil__sen_provision"), SEND)
        + Coalesce(heaviest, 0)
    )
    return cases.alias(points=points, chosen=Subquery(overrides.values("priority")[:1])).annotate(
        priority_key=Coalesce(PlaceOfBand(F("chosen")), PlaceOfPoints(F("points")))
    )


# A place for each sum of points, and for each band that a person can set. Looked up in a list, so that
# the facts are asked for once and not for each band again.
PLACES = [
    STEPS[band_of(points)] * A_BAND + A_BAND - 1 - points for points in range(MOST_POINTS + 1)
]


class PlaceOfPoints(Func):
    """The place in the order of a case with so many points."""

    template = f"(ARRAY{PLACES})[%(expressions)s + 1]"
    output_field = IntegerField()


class PlaceOfBand(Func):
    """The place in the order of the band that a person set; nothing where nobody has."""

    template = (
        f"({A_BAND} * (array_position(ARRAY{[str(band) for band in STEPS]}, %(expressions)s) - 1))"
    )
    output_field = IntegerField()


def _flags(knows_safety: bool, today: Any, pupil: str = "pupil") -> QuerySet[Flag]:
    """Flags of a case's pupil that count; a restricted one only for who may know that it is there."""
    flags = Flag.objects.filter(pupil=OuterRef(pupil), kind__in=list(SAFETY), starts_on__lte=today)
    flags = flags.exclude(ends_on__lt=today)
    return flags if knows_safety else flags.exclude(weight=Flag.Weight.RESTRICTED)


def _weights(of: Combinable, weights: dict[Any, int]) -> Choose:
    return _choose(
        *[If(Exact(of, Value(value)), then=weight) for value, weight in weights.items()], default=0
    )


def _choose(*ways: If, **options: Any) -> Choose:
    return Choose(*ways, output_field=IntegerField(), **options)


@prepared
def told(knows_safety: bool, *, case_id: Any, today: Any) -> QuerySet[Any]:
    """What `standing_of` needs of one case."""
    return Case.objects.filter(pk=case_id).values(*COLUMNS, **columns(knows_safety, today))


@prepared
def told_of_many(knows_safety: bool, *, case_ids: Any, today: Any) -> QuerySet[Any]:
    cases = Case.objects.filter(pk__among=case_ids)
    return cases.values("pk", *COLUMNS, **columns(knows_safety, today))
