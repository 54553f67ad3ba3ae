"""The council's own scales: added, changed and used no longer. What was scored on one stays readable.

What a score means is never changed under it: once there is a score, other ends or bands make a new
scale that follows the old one, and the old one is kept for what was recorded on it.
"""

from dataclasses import asdict, dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from alongside.assessments import policy
from alongside.assessments.actions.common import one_line
from alongside.assessments.models import Informant, Measure
from alongside.assessments.wording import plain
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Conflict, Problem, require
from alongside.core.own_names import check_name
from alongside.core.prepared import hold
from alongside.rules.words import listed

MEANING = ("low", "high", "is_lower_better", "is_whole", "bands")
WHOLE, FINEST = Decimal(1), Decimal("0.01")  # How finely scores are given.
LONGEST_KEY = 32  # Leaves room for a number behind it.


@dataclass(frozen=True)
class Band:
    """The scores from one to another, and what they are called."""

    low: Decimal
    high: Decimal
    label: str


@dataclass(frozen=True)
class ScaleFacts:
    """A scale as its council describes it. The bands hold for whoever answers."""

    name: str
    about: str
    low: Decimal
    high: Decimal
    is_lower_better: bool
    source: str
    unit: str = ""
    is_whole: bool = True
    is_checked: bool = False
    bands: tuple[Band, ...] = ()


@transaction.atomic
def add_scale(*, actor: Actor, facts: ScaleFacts) -> Measure:
    """A scale of the council's own, offered from now on."""
    require(policy.keep_scales(actor))
    check_scale(facts, None)
    made = Measure.objects.create(key=_free_key(facts.name), is_own=True, **_values(facts))
    _audited(actor, "scale.added", made)
    return made


@transaction.atomic
def change_scale(*, actor: Actor, scale: Measure, facts: ScaleFacts, seen: str = "") -> Measure:
    """Its words where it stands; its ends or bands, once scored on, as a new scale that follows it."""
    scale = hold(Measure, scale.pk)
    require(policy.change_scale(actor, scale))
    if seen and seen != seen_of(scale):
        raise Conflict(scale)
    check_scale(facts, scale)
    values = _values(facts)
    means_other = any(getattr(scale, name) != values[name] for name in MEANING)
    if means_other and scale.results.exists():
        scale.ended_on = actor.today
        scale.save(update_fields=["ended_on"])
        scale = Measure.objects.create(
            key=_free_key(facts.name), is_own=True, follows=scale, **values
        )
        _audited(actor, "scale.followed", scale)
        return scale
    for name, value in values.items():
        setattr(scale, name, value)
    scale.save(update_fields=list(values))
    _audited(actor, "scale.changed", scale)
    return scale


@transaction.atomic
def end_scale(*, actor: Actor, scale: Measure) -> Measure:
    """Offered no longer. Scores given on it stay."""
    scale = hold(Measure, scale.pk)
    require(policy.change_scale(actor, scale))
    scale.ended_on = actor.today
    scale.save(update_fields=["ended_on"])
    _audited(actor, "scale.ended", scale)
    return scale


def seen_of(scale: Measure) -> str:
    """What somebody saw when they began to change it: differs once anybody saves it."""
    return "|".join(str(value) for value in asdict(facts_of(scale)).values())


def facts_of(scale: Measure) -> ScaleFacts:
    """A saved scale as its form holds it."""
    first: list[dict[str, Any]] = next(iter(scale.bands.values()), [])
    bands = (Band(Decimal(str(b["from"])), Decimal(str(b["to"])), b["label"]) for b in first)
    return ScaleFacts(
        name=scale.name, about=scale.about, low=scale.low, high=scale.high,
        is_lower_better=scale.is_lower_better, source=scale.source, unit=scale.unit,
        is_whole=scale.is_whole, is_checked=bool(first) and not scale.unchecked,
        bands=tuple(bands),
    )  # fmt: skip


def check_scale(facts: ScaleFacts, scale: Measure | None) -> None:
    """Everything that a score on it would trip over."""
    others = Measure.objects.filter(ended_on=None)
    if scale:
        others = others.exclude(pk=scale.pk)
    names = others.values_list("name", flat=True)
    before = scale.name if scale else ""
    check_name(facts.name, names, "Another measure has this name.", before=before)
    if facts.high <= facts.low:
        raise Problem("The highest score is above the lowest.", "high")
    if facts.is_checked and not facts.source.strip():
        raise Problem("Say where the bands come from, or leave them unchecked.", "source")
    if facts.is_checked and not facts.bands:
        raise Problem("There are no bands to have been checked.", "is_checked")
    above: Decimal | None = None
    for number, band in enumerate(facts.bands, 1):
        if band.high < band.low:
            raise Problem(f"Band {number} ends below where it begins.", "bands")
        if band.low < facts.low or band.high > facts.high:
            ends = f"{plain(facts.low)} to {plain(facts.high)}"
            raise Problem(f"Band {number} lies outside the scale, {ends}.", "bands")
        if above is not None and band.low <= above:
            raise Problem(
                f"Band {number} begins at or below the end of the band before it. Write the lowest "
                "band first.",
                "bands",
            )
        above = band.high
    if facts.bands and (left := _without_a_band(facts)):
        raise Problem(f"These scores have no band: {listed(left)}. Give every score one.", "bands")


def _without_a_band(facts: ScaleFacts) -> list[str]:
    """The scores before, between and after the bands, which stand in order."""
    step = WHOLE if facts.is_whole else FINEST
    lowest = facts.low.quantize(step, ROUND_CEILING)
    highest = facts.high.quantize(step, ROUND_FLOOR)
    after = [lowest, *(b.high.quantize(step, ROUND_FLOOR) + step for b in facts.bands)]
    until = [*(b.low.quantize(step, ROUND_CEILING) - step for b in facts.bands), highest]
    return [
        plain(first) if first == last else f"{plain(first)} to {plain(last)}"
        for first, last in zip(after, until, strict=True)
        if first <= last
    ]


def _values(facts: ScaleFacts) -> dict[str, Any]:
    bands = [
        {"from": _figure(b.low), "to": _figure(b.high), "label": one_line(b.label)[:60]}
        for b in facts.bands
    ]
    return {
        "name": one_line(facts.name)[:120],
        "about": one_line(facts.about)[:200],
        "unit": one_line(facts.unit)[:40],
        "low": facts.low,
        "high": facts.high,
        "is_lower_better": facts.is_lower_better,
        "is_whole": facts.is_whole,
        "source": one_line(facts.source)[:300],
        "bands": dict.fromkeys(Informant.values, bands) if bands else {},
        "unchecked": list(Informant.values) if bands and not facts.is_checked else [],
    }


def _figure(score: Decimal) -> int | float:
    return int(score) if score == int(score) else float(score)


def _free_key(name: str) -> str:
    """No other measure's, those used no longer as well."""
    base = f"own-{slugify(name)[:LONGEST_KEY]}".strip("-")
    taken = set(Measure.objects.filter(key__startswith=base).values_list("key", flat=True))
    count = 1
    while (key := base if count == 1 else f"{base}-{count}") in taken:
        count += 1
    return key


def _audited(actor: Actor, kind: str, scale: Measure) -> None:
    audit.record(
        actor=actor,
        kind=kind,
        subject=f"measure {scale.key}",
        detail={"name": scale.name, "follows": scale.follows_id},
    )
