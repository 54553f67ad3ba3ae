"""Reads a council's pack (TOML) into frameworks, measures and standards. Loading twice changes nothing.

A framework or standard that changed becomes a new version from today; the old one stays as it was.
"""

import hashlib
import json
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from alongside.assessments import packs as needs
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.core.models import Place, PlaceKind
from alongside.pathways.actions.listings import ListingFacts
from alongside.pathways.models import Criterion, Framework, Listing, Phase, ServiceStandard, Stage
from alongside.pathways.models.framework import WHO_DECIDES
from alongside.pathways.plan_types import load_plan_type
from alongside.pathways.queries.versions import next_version

Table = dict[str, Any]


@dataclass
class Loaded:
    """What a load did, counted: how many things of a kind were created, changed or left alone."""

    created: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)


@transaction.atomic
def load(*, actor: Actor, folder: str | Path) -> Loaded:
    """Load every file of a pack in the actor's council, all of it or nothing."""
    folder = Path(folder)
    files = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    if not files:
        raise Problem(f"{folder} holds no pack. Name a folder with .toml files, as packs/eastmere.")
    loaded = Loaded()
    for path in files:
        pack = _read(path)
        for kind, load_one in LOADERS.items():
            for table in pack.pop(kind, []):
                load_one(actor, _Source(path.name, kind, table), loaded)
        if pack:
            raise Problem(f"{path.name}: {', '.join(pack)} is not a part of a pack.")
    if loaded.created or loaded.changed:
        audit.record(
            actor=actor,
            kind="pack.loaded",
            subject=folder.name,
            detail={"created": dict(loaded.created), "changed": dict(loaded.changed)},
        )
    return loaded


@dataclass
class _Source:
    """One table of a file: what it says, and where to look when it is wrong."""

    file: str
    kind: str
    table: Table

    def get(self, name: str, kind: type | tuple[type, ...] = str, default: Any = None) -> Any:
        value = self.table.get(name, default)
        if value is None:
            raise self.problem(f"needs {name}")
        if not isinstance(value, kind):
            raise self.problem(f"{name} is not of the kind expected here: {value!r}")
        return value

    def one_of(self, name: str, choices: list[str], default: str | None = None) -> str:
        value = self.get(name, default=default)
        if value and value not in choices:
            raise self.problem(f"{name} must be one of {', '.join(choices)}, not {value}")
        return str(value)

    def within(self, kind: str, table: Table) -> "_Source":
        return _Source(self.file, f"{self.kind} {self.table.get('key', '')} {kind}", table)

    def problem(self, what: str) -> Problem:
        named = self.table.get("key") or self.table.get("name") or self.table.get("text") or "?"
        return Problem(f"{self.file}, {self.kind} {named}: {what}.")

    @property
    def digest(self) -> str:
        words = json.dumps(self.table, sort_keys=True, default=str)
        return hashlib.sha256(words.encode()).hexdigest()


def _read(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problem(f"{path.name} cannot be read: {error}.") from None


def _load_framework(actor: Actor, source: _Source, loaded: Loaded) -> None:
    key = source.get("key")
    versions = Framework.objects.filter(key=key)
    if versions.filter(digest=source.digest).exists():
        loaded.unchanged["framework"] += 1  # Though since edited on screen: the pack says no more.
        return
    earlier = versions.published().order_by("starts_on", "id").last()
    framework = Framework.objects.create(
        key=key,
        name=source.get("name"),
        owner=_place(source.get("owner")),
        version=next_version(key, source.get("version")),
        description=source.get("description", default=""),
        starts_on=actor.today if earlier else source.get("starts_on", date),
        review_weeks=source.get("review_weeks", int, 6),
        source=source.get("source"),
        is_verified=source.get("verified", bool, False),
        takes_referrals=source.get("takes_referrals", bool, True),
        for_phase=source.one_of("for_phase", Phase.values, ""),
        replaces_exclusion=source.get("replaces_exclusion", bool, False),
        digest=source.digest,
    )
    if earlier:
        earlier.ends_on = actor.today - timedelta(days=1)
        earlier.save(update_fields=["ends_on"])
    _load_stages(framework, source)
    _load_criteria(framework, source)
    (loaded.changed if earlier else loaded.created)["framework"] += 1


def _load_stages(framework: Framework, source: _Source) -> None:
    for order, table in enumerate(source.get("stage", list), start=1):
        stage = source.within("stage", table)
        Stage.objects.create(
            framework=framework,
            order=order,
            key=stage.get("key", default=slugify(stage.get("name"))),
            name=stage.get("name"),
            description=stage.get("description", default=""),
            entry=stage.get("entry", default=""),
            evidence=stage.get("evidence", default=""),
            decided_by=stage.get("decided_by", default=""),
            decided_by_role=stage.one_of(
                "decided_by_role", [value for value, _ in WHO_DECIDES], ""
            ),
            exit=stage.get("exit", default=""),
            provider=stage.get("provider", default=""),
            offers=stage.get("offers", list, []),
            is_tried_first=stage.get("tried_first", bool, False),
            weeks_limit=table.get("weeks_limit"),
            limit_is_verified=stage.get("verified", bool, False),
        )


def _load_criteria(framework: Framework, source: _Source) -> None:
    for order, table in enumerate(source.get("criterion", list, []), start=1):
        criterion = source.within("criterion", table)
        Criterion.objects.create(
            framework=framework,
            order=order,
            text=criterion.get("text"),
            guidance=criterion.get("guidance", default=""),
            shown_by=criterion.one_of("shown_by", Criterion.ShownBy.values),
            amount=table.get("amount"),
            is_required=criterion.get("required", bool, True),
        )


def _place(name: str) -> Place:
    """Who owns a framework: a service, made beside the council when it is not there yet, the council
    itself, or a unit that is a school."""
    kinds = [PlaceKind.SERVICE, PlaceKind.COUNCIL, PlaceKind.SCHOOL]
    found = Place.objects.filter(name=name, kind__in=kinds).order_by("pk").first()
    return found or Place.objects.create(
        kind=PlaceKind.SERVICE, name=name, parent=Place.objects.get(kind=PlaceKind.COUNCIL)
    )


def _load_standard(actor: Actor, source: _Source, loaded: Loaded) -> None:
    values = {
        "name": source.get("name"),
        "amount": source.get("amount", int),
        "unit": source.one_of("unit", ServiceStandard.Unit.values),
        "counted_from": source.get("counted_from"),
        "source": source.get("source"),
        "is_verified": source.get("verified", bool, False),
    }
    current = ServiceStandard.objects.filter(key=source.get("key"), ends_on=None).first()
    if current and (
        current.is_own or all(getattr(current, name) == value for name, value in values.items())
    ):
        loaded.unchanged["standard"] += 1
        return
    if current:
        current.ends_on = actor.today - timedelta(days=1)
        current.save(update_fields=["ends_on"])
    ServiceStandard.objects.create(key=source.get("key"), starts_on=actor.today, **values)
    (loaded.changed if current else loaded.created)["standard"] += 1


def _load_measure(_actor: Actor, source: _Source, loaded: Loaded) -> None:
    getattr(loaded, needs.load_measure(source))["measure"] += 1


def _load_barrier(_actor: Actor, source: _Source, loaded: Loaded) -> None:
    getattr(loaded, needs.load_barrier(source))["barrier"] += 1


def _load_level(_actor: Actor, source: _Source, loaded: Loaded) -> None:
    getattr(loaded, needs.load_level(source))["level"] += 1


def _load_listing(actor: Actor, source: _Source, loaded: Loaded) -> None:
    facts = ListingFacts(
        name=source.get("name"),
        text=source.get("text"),
        criteria=source.get("criteria", default=""),
        stages=tuple(source.get("stages", list, [])),
        for_phase=source.one_of("for_phase", Phase.values, ""),
        how_to_refer=source.get("how_to_refer"),
        contact=source.get("contact", default=""),
        website=source.get("website", default=""),
        source=source.get("source"),
        checked_on=source.table.get("checked_on"),
    )
    if Listing.objects.filter(key=source.get("key"), digest=source.digest).exists():
        loaded.unchanged["listing"] += 1
        return
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    values |= {"stages": list(facts.stages), "search": facts.search, "digest": source.digest}
    _, is_new = Listing.objects.update_or_create(key=source.get("key"), defaults=values)
    (loaded.created if is_new else loaded.changed)["listing"] += 1


LOADERS = {
    "listing": _load_listing,
    "framework": _load_framework,
    "measure": _load_measure,
    "standard": _load_standard,
    "barrier": _load_barrier,
    "level": _load_level,
    "plan_type": load_plan_type,
}
