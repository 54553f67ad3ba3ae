"""Reads a council's barriers and support levels from its pack. Loading twice changes nothing."""

from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Model

from alongside.assessments.models import Barrier, Domain, SupportLevel

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


def keep(model: type[Model], key: str, values: dict[str, Any]) -> str:
    found = model._default_manager.filter(key=key).first()
    if found is None:
        model._default_manager.create(key=key, **values)
        return "created"
    if all(getattr(found, name) == value for name, value in values.items()):
        return "unchanged"
    model._default_manager.filter(pk=found.pk).update(**values)
    return "changed"
