"""Reads a council's measures, barriers and support levels from its pack. Loading twice changes nothing."""

from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Model

from alongside.assessments.models import Barrier, Domain, Informant, Measure, SupportLevel
from alongside.rules.scores import SDQ_SCALES, sdq_bands

LONGEST_STRATEGY = 160


class Source(Protocol):
    """One table of a pack's file, as the loader of packs reads it."""

    def get(self, name: str, kind: Any = str, default: Any = None) -> Any: ...

    def one_of(self, name: str, choices: list[str], default: str | None = None) -> str: ...

    def problem(self, what: str) -> Exception: ...


def load_barrier(source: Source) -> str:
    """One barrier with what often helps: "created", "changed" or "unchanged"."""
    strategies = source.get("strategies", list, [])
    if any(not isinstance(s, str) or len(s) > LONGEST_STRATEGY for s in strategies):
        raise source.problem(f"each strategy is a sentence of {LONGEST_STRATEGY} characters")
    values = {
        "domain": source.one_of("domain", Domain.values),
        "name": source.get("name"),
        "strategies": strategies,
        "order": source.get("order", int, 1),
        "is_in_use": source.get("in_use", bool, True),
    }
    return keep(Barrier, source.get("key"), values)


def load_level(source: Source) -> str:
    """What is offered between two totals of a needs assessment."""
    values = {
        "name": source.get("name"),
        "low": source.get("low", int),
        "high": source.get("high", int),
        "hours_a_week": Decimal(str(source.get("hours_a_week", (int, float)))),
        "words": source.get("words", default=""),
        "source": source.get("source"),
        "is_verified": source.get("verified", bool, False),
    }
    if values["high"] < values["low"]:
        raise source.problem("high must not be below low")
    return keep(SupportLevel, source.get("key"), values)


def load_measure(source: Source) -> str:
    """A scored tool. The bands of the SDQ are facts of `rules.scores`, not of a council's pack."""
    scoring = source.one_of("scoring", Measure.Scoring.values, Measure.Scoring.TYPED)
    part = source.get("part", default="")
    bands = source.get("bands", dict, {})
    unchecked = source.get("unchecked", list, [])
    if scoring == Measure.Scoring.SDQ:
        if part not in (*SDQ_SCALES, "total"):
            raise source.problem(f"part must be total or one of {', '.join(SDQ_SCALES)}")
        bands, unchecked = sdq_bands(part)
    if scoring == Measure.Scoring.VOICE and part not in ("belonging", "participation"):
        raise source.problem("part must be belonging or participation")
    if unknown := {*bands, *unchecked} - set(Informant.values):
        raise source.problem(f"bands are for {', '.join(Informant.values)}, not {unknown.pop()}")
    values = {
        "name": source.get("name"),
        "unit": source.get("unit", default=""),
        "low": source.get("low", (int, float)),
        "high": source.get("high", (int, float)),
        "is_lower_better": source.get("is_lower_better", bool),
        # The scales of the SDQ are counts of points; of another tool its pack says so.
        "is_whole": source.get("whole", bool, scoring == Measure.Scoring.SDQ),
        "is_licensed": source.get("is_licensed", bool, False),
        "bands": bands,
        "source": source.get("source"),
        "scoring": scoring,
        "part": part,
        "levels": source.get("levels", dict, {}),
        "unchecked": unchecked,
    }
    return keep(Measure, source.get("key"), values)


def keep(model: type[Model], key: str, values: dict[str, Any]) -> str:
    found = model._default_manager.filter(key=key).first()
    if found is None:
        model._default_manager.create(key=key, **values)
        return "created"
    if all(getattr(found, name) == value for name, value in values.items()):
        return "unchanged"
    model._default_manager.filter(pk=found.pk).update(**values)
    return "changed"
