"""Questions about versions of a framework: which there are, what one changes, whom it affects."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, QuerySet
from django.utils.text import slugify

from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.prepared import prepared
from alongside.pathways.models import Criterion, Framework, Stage, Standing
from alongside.pathways.queries.frameworks import with_parts
from alongside.people.models import in_scope

# What of a stage and of a criterion a reader would want to see changed, in words.
STAGE_WORDS = {
    "name": "Name",
    "description": "What it is",
    "entry": "On to it",
    "evidence": "To show",
    "decided_by": "Who decides",
    "decided_by_role": "Who is told as who decides",
    "provider": "Who",
    "offers": "What it offers",
    "exit": "Off it",
    "weeks_limit": "At most, in weeks",
    "limit_is_verified": "Limit checked",
    "is_tried_first": "Tried first",
    "order": "Place",
}
HEAD_WORDS = {
    "name": "Name",
    "description": "What it is",
    "review_weeks": "Weeks between reviews",
    "source": "Source",
    "is_verified": "Figures checked",
}


@dataclass(frozen=True)
class Changed:
    """One thing that differs between two versions."""

    where: str
    what: str
    before: str
    after: str


def get_draft(actor: Actor, draft_id: int) -> Framework:
    """A version being written, with its stages and criteria; or `NotFound`."""
    drafts = Framework.objects.filter(is_draft=True)
    found = drafts.select_related("owner", "based_on", "changed_by").filter(pk=draft_id).first()
    if found is None:
        raise NotFound
    return with_parts(found)


def draft_of(framework: Framework) -> Framework | None:
    """The version of this framework that somebody is writing."""
    return next((v for v in _versions(key=framework.key) if v.is_draft), None)


def versions_of(actor: Actor, framework: Framework) -> list[Framework]:
    """Every published version, the newest first."""
    return [version for version in _versions(key=framework.key) if not version.is_draft]


@prepared
def _versions(*, key: Any) -> QuerySet[Framework]:
    found = Framework.objects.filter(key=key).select_related("changed_by")
    return found.order_by("-starts_on", "-pk")


def get_stage(draft: Framework, stage_id: int) -> Stage:
    return Stage.objects.filter(framework=draft).one(pk=stage_id)


def get_criterion(draft: Framework, criterion_id: int) -> Criterion:
    return Criterion.objects.filter(framework=draft).one(pk=criterion_id)


def next_version(key: str, named: str) -> str:
    """The version as named; 2026.2 when there is one of that name already."""
    taken = set(Framework.objects.filter(key=key).values_list("version", flat=True))
    version, number = named, 1
    while version in taken:
        number += 1
        version = f"{named}.{number}"
    return version


def new_key(name: str, stages: Iterable[Stage]) -> str:
    """What a new stage is known by in this version and those after it."""
    taken = {stage.identity for stage in stages}
    base = slugify(name)[:50] or "stage"
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def fingerprint(part: Model) -> str:
    """What somebody saw when they began to change it: differs once anybody saves it."""
    values = {f.attname: getattr(part, f.attname) for f in type(part)._meta.concrete_fields}
    return hashlib.sha256(json.dumps(values, default=str, sort_keys=True).encode()).hexdigest()[:32]


def changes(older: Framework, newer: Framework) -> list[Changed]:
    """What a version changes, stage by stage. Both with their stages and criteria prefetched."""
    found = _differences("The framework", older, newer, HEAD_WORDS)
    before = {s.identity: s for s in older.stages.all()}
    after = {s.identity: s for s in newer.stages.all()}
    for identity, stage in after.items():
        if identity in before:
            found += _differences(before[identity].name, before[identity], stage, STAGE_WORDS)
        else:
            found.append(Changed(stage.name, "New stage", "", f"{stage.order} {stage.name}"))
    found += [
        Changed(s.name, "Stage taken out", f"{s.order} {s.name}", "")
        for identity, s in before.items()
        if identity not in after
    ]
    return found + _criteria(older, newer)


def _criteria(older: Framework, newer: Framework) -> list[Changed]:
    before = [_criterion(c) for c in older.criteria.all()]
    after = [_criterion(c) for c in newer.criteria.all()]
    where = "What a referral must show"
    gone = [Changed(where, "No longer", text, "") for text in before if text not in after]
    return gone + [Changed(where, "From now on", "", text) for text in after if text not in before]


def _criterion(criterion: Criterion) -> str:
    asked = "" if criterion.is_required else " (not required)"
    amount = f" ({criterion.amount})" if criterion.amount is not None else ""
    return f"{criterion.text}{amount}{asked}. {criterion.guidance}".strip()


def _differences(where: str, before: Any, after: Any, words: dict[str, str]) -> list[Changed]:
    pairs = ((what, _value(before, n), _value(after, n)) for n, what in words.items())
    return [Changed(where, what, _said(a), _said(b)) for what, a, b in pairs if a != b]


def _value(part: Any, name: str) -> Any:
    """A stored choice is never shown: its label is."""
    label = getattr(part, f"get_{name}_display", None)
    return label() if label else getattr(part, name)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Affected:
    """Pupils in scope at one stage of an older version, and whether the new one has that stage."""

    stage: Stage
    pupils: int
    is_kept: bool


def affected(actor: Actor, framework: Framework) -> list[Affected]:
    """Where pupils in scope stand on versions other than this one, by stage."""
    stages = (
        Stage.objects.filter(standings__in=on_older(actor, framework))
        .select_related("framework")
        .annotate(pupils=Count("standings"))
        .order_by("order", "pk")
    )
    kept = {s.identity for s in framework.stages.all()}
    return [Affected(s, s.pupils, s.identity in kept) for s in stages]


def on_older(actor: Actor, framework: Framework) -> QuerySet[Standing]:
    """Standings now of pupils in scope on another version of this framework."""
    return Standing.objects.filter(
        in_scope(actor.reach, "pupil_id"), stage__framework__key=framework.key, ends_on=None
    ).exclude(stage__framework_id=framework.pk)
