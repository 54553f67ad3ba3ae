"""A new version of a framework, as it is written: nobody stands on it until it is published."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Conflict, Problem, require
from alongside.core.own_names import check_name
from alongside.core.prepared import hold
from alongside.pathways import policy
from alongside.pathways.facts import (
    MOST_CRITERIA,
    MOST_STAGES,
    CriterionFacts,
    HeadFacts,
    StageFacts,
)
from alongside.pathways.models import Criterion, Framework, Stage
from alongside.pathways.queries.versions import fingerprint, new_key, next_version

COPIED = (
    "key", "name", "owner_id", "description", "review_weeks", "source", "is_verified",
    "takes_referrals", "for_phase", "replaces_exclusion",
)  # fmt: skip


@transaction.atomic
def begin_version(*, actor: Actor, framework: Framework) -> Framework:
    """Copy a framework, with its stages and criteria, into a version that is being written."""
    framework = hold(Framework, framework.pk)
    require(policy.begin_version(actor, framework))
    draft = Framework.objects.create(
        **{name: getattr(framework, name) for name in COPIED},
        version=next_version(framework.key, str(actor.today.year)),
        starts_on=actor.today,
        is_draft=True,
        based_on=framework,
        changed_by_id=actor.staff_id,
    )
    _copy(Stage, framework.stages.order_by("order"), draft)
    _copy(Criterion, framework.criteria.order_by("order"), draft)
    _line(actor, "framework.version_begun", draft)
    return draft


@transaction.atomic
def change_head(*, actor: Actor, draft: Framework, facts: HeadFacts, seen: str = "") -> Framework:
    draft = _locked(actor, draft)
    facts.check()
    _unchanged(draft, seen)
    for name, value in asdict(facts).items():
        setattr(draft, name, value.strip() if isinstance(value, str) else value)
    draft.changed_by_id = actor.staff_id
    draft.save(update_fields=[*asdict(facts), "changed_by"])
    _line(actor, "framework.draft_changed", draft)
    return draft


@transaction.atomic
def put_stage(
    *, actor: Actor, draft: Framework, facts: StageFacts, stage: Stage | None = None, seen: str = ""
) -> Stage:
    """Add a stage, or change one, and put it in its place; the others make room."""
    draft = _locked(actor, draft)
    facts.check()
    stages = list(draft.stages.order_by("order"))
    if stage is None and len(stages) >= MOST_STAGES:
        raise Problem(f"A framework has at most {MOST_STAGES} stages.", "name")
    changed = stage or Stage(framework=draft, key=new_key(facts.name, stages))
    if stage:
        _unchanged(stage, seen)
    rest = [s for s in stages if stage is None or s.pk != stage.pk]
    names = [one.name for one in rest]
    check_name(facts.name, names, "Another stage has this name.", before=changed.name)
    _put(changed, facts, rest, actor, draft)
    return changed


@transaction.atomic
def put_criterion(
    *,
    actor: Actor,
    draft: Framework,
    facts: CriterionFacts,
    criterion: Criterion | None = None,
    seen: str = "",
) -> Criterion:
    draft = _locked(actor, draft)
    facts.check()
    others = list(draft.criteria.order_by("order"))
    if criterion is None and len(others) >= MOST_CRITERIA:
        raise Problem(f"A framework has at most {MOST_CRITERIA} criteria.", "text")
    changed = criterion or Criterion(framework=draft)
    if criterion:
        _unchanged(criterion, seen)
    rest = [c for c in others if criterion is None or c.pk != criterion.pk]
    _put(changed, facts, rest, actor, draft)
    return changed


@transaction.atomic
def drop_part(*, actor: Actor, draft: Framework, part: Stage | Criterion) -> None:
    """Take a stage or a criterion out of the version that is being written."""
    draft = _locked(actor, draft)
    if isinstance(part, Stage) and draft.stages.count() == 1:
        raise Problem("A framework has at least one stage.")
    part.delete()
    rest: Sequence[Any] = list(
        (draft.stages if isinstance(part, Stage) else draft.criteria).order_by("order")
    )
    _number(rest)
    _line(actor, "framework.draft_changed", draft)


@transaction.atomic
def discard(*, actor: Actor, draft: Framework) -> None:
    """Throw a version away that was never published."""
    draft = _locked(actor, draft)
    _line(actor, "framework.draft_discarded", draft)
    draft.stages.all().delete()
    draft.criteria.all().delete()
    draft.delete()


def _copy(model: type[Stage] | type[Criterion], parts: Any, draft: Framework) -> None:
    for part in parts:
        values = {
            f.attname: getattr(part, f.attname)
            for f in model._meta.concrete_fields
            if f.name not in ("id", "council", "created_at", "framework")
        }
        if isinstance(part, Stage):
            values["key"] = part.identity
        model.objects.create(framework=draft, **values)


def _locked(actor: Actor, draft: Framework) -> Framework:
    draft = hold(Framework, draft.pk)
    require(policy.change_draft(actor, draft))
    return draft


def _unchanged(part: Framework | Stage | Criterion, seen: str) -> None:
    """Raise `Conflict` when somebody saved since the page was made."""
    part.refresh_from_db()
    if seen and seen != fingerprint(part):
        raise Conflict(part)


def _put(
    part: Any,
    facts: StageFacts | CriterionFacts,
    others: list[Any],
    actor: Actor,
    draft: Framework,
) -> None:
    values = asdict(facts)
    place = max(1, min(values.pop("order"), len(others) + 1))
    for name, value in values.items():
        if isinstance(value, str):
            value = value.strip()
        setattr(part, name, list(value) if isinstance(value, tuple) else value)
    others.insert(place - 1, part)
    _number(others)
    _line(actor, "framework.draft_changed", draft)


def _number(parts: Sequence[Any]) -> None:
    """Number them from 1 as they stand, far away first so that no two meet on the way."""
    for number, part in enumerate(parts, 1):
        part.order = number
    for part in parts:
        if part.pk:
            type(part).objects.filter(pk=part.pk).update(order=part.order + 1000)
    for part in parts:
        part.save()


def _line(actor: Actor, kind: str, draft: Framework) -> None:
    audit.record(
        actor=actor,
        kind=kind,
        subject=f"framework {draft.pk}",
        detail={"key": draft.key, "version": draft.version},
    )
