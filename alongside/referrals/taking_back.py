"""A version is taken back on the day it was published: children and cases return to where they stood.

It stands here because a referral already judged by the version keeps it, as a case or a move does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from alongside.cases.models import Case
from alongside.cases.version_news import tell_of_taking_back
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, Problem, refuse, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.pathways import policy
from alongside.pathways.models import Alternative, Framework, Standing
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind, Pupil, called, in_scope
from alongside.referrals.models import Referral
from alongside.rules.words import count_of, listed

MOST_NAMED = 10


@dataclass(frozen=True)
class TakenBack:
    """How many returned to the version before."""

    pupils: int
    cases: int


@dataclass(frozen=True)
class Look:
    """Whether it may be taken back, whom that returns, and who stands in the way."""

    decision: Decision
    returns: TakenBack
    in_the_way: frozenset[int] = frozenset()


def look(actor: Actor, framework: Framework) -> Look:
    """On its day, while every child stands where the version put them and nobody came new to it."""
    nobody = TakenBack(0, 0)
    if not (may := policy.take_back(actor, framework)):
        return Look(may, nobody)
    stood = list(
        Standing.objects.filter(stage__framework=framework)
        .order_by("pk")
        .values_list("pupil_id", "taken_from_id", "ends_on")
    )
    taken = {pupil_id for pupil_id, before, _ in stood if before}
    if taken and not (may := policy.moves(actor)):
        return Look(may, nobody)
    moved_on = {pupil_id for pupil_id, before, ended in stood if before and ended}
    placed = {pupil_id for pupil_id, before, _ in stood if not before}
    come_new = (placed | _come_new(framework)) - moved_on
    if moved_on or come_new:
        said = _in_the_way(actor, moved_on, come_new)
        return Look(refuse(said), nobody, frozenset(moved_on | come_new))
    return Look(ALLOWED, TakenBack(len(taken), _moved_cases(framework).count()))


@transaction.atomic
def take_back(*, actor: Actor, framework: Framework, reason: str) -> TakenBack:
    """The earlier version is current again, and this one is being written again."""
    framework = hold(Framework, framework.pk)
    _hold_pupils(framework)
    require(look(actor, framework).decision)
    if not reason.strip():
        raise Problem("Say why it is taken back.", "reason")
    taken = list(_taken(framework).select_related("pupil", "stage", "taken_from__stage"))
    cases = _return_cases(framework)
    _return_pupils(taken)
    _earlier_again(framework)
    framework.is_draft, framework.published_on = True, None
    framework.changed_by_id = actor.staff_id
    framework.save(update_fields=["is_draft", "published_on", "changed_by"])
    for standing in taken:
        _chronicle(actor, framework, standing, reason)
    audit.record(
        actor=actor,
        kind="framework.taken_back",
        subject=f"framework {framework.pk}",
        pupil_ids=[standing.pupil_id for standing in taken],
        detail={"version": framework.version, "cases": cases, "reason": reason.strip()},
    )
    tell_of_taking_back(actor, framework, taken)
    return TakenBack(len(taken), cases)


def _taken(framework: Framework) -> QuerySet[Standing]:
    """Standings now that the version itself made."""
    return Standing.objects.filter(
        stage__framework=framework, taken_from__isnull=False, ends_on=None
    ).order_by("pk")


def _moved_cases(framework: Framework) -> QuerySet[Case]:
    return Case.objects.filter(framework=framework, moved_from__isnull=False)


def _come_new(framework: Framework) -> set[int]:
    """Pupils taken on, referred or given an alternative by this version since, in one query."""
    opened = Case.objects.filter(framework=framework, moved_from=None)
    referred = Referral.objects.filter(framework=framework)
    begun = Alternative.objects.filter(framework=framework)
    found = [
        each.order_by().values_list("pupil_id", flat=True) for each in (opened, referred, begun)
    ]
    return set(found[0].union(*found[1:]))


def _in_the_way(actor: Actor, moved_on: set[int], come_new: set[int]) -> str:
    parts = []
    if moved_on:
        parts.append(f"Moved on since: {_named(actor, moved_on)}.")
    if come_new:
        parts.append(
            f"Placed, referred or taken on by this version since: {_named(actor, come_new)}."
        )
    return f"It can no longer be taken back. {' '.join(parts)} Begin a new version to change it."


def _named(actor: Actor, pupil_ids: Iterable[int]) -> str:
    """Those in scope by name, the others as a number."""
    ids = set(pupil_ids)
    seen = Pupil.objects.filter(Q(pk__in=ids) & in_scope(actor.reach))
    listing = seen.annotate(pupil_name=called()).order_by("search_name", "pk")
    names = list(listing.values_list("pupil_name", flat=True)[:MOST_NAMED])
    if hidden := len(ids) - len(names):
        names.append(f"{count_of(hidden, 'other pupil')}" if names else count_of(hidden, "pupil"))
    return listed(names)


def _hold_pupils(framework: Framework) -> None:
    """No child is moved while the version is taken back."""
    stood = Standing.objects.filter(stage__framework=framework).values("pupil_id")
    list(
        Pupil.objects.filter(pk__in=stood)
        .select_for_update(of=("self",))
        .order_by("pk")
        .values_list("pk")
    )


def _return_cases(framework: Framework) -> int:
    return _moved_cases(framework).update(
        framework=F("moved_from"), moved_from=None, version=F("version") + 1
    )


def _return_pupils(taken: list[Standing]) -> None:
    """What the version made of them is no movement of theirs: it goes, and its history is kept."""
    Standing.objects.filter(pk__in=[standing.taken_from_id for standing in taken]).update(
        ends_on=None
    )
    Standing.objects.filter(pk__in=[standing.pk for standing in taken]).delete()


def _earlier_again(framework: Framework) -> None:
    """The version that this one ended the day before goes on."""
    last_day = framework.starts_on - timedelta(days=1)
    earlier = Framework.objects.select_for_update().published().filter(key=framework.key)
    earlier.filter(ends_on=last_day).exclude(pk=framework.pk).update(ends_on=None)


def _chronicle(actor: Actor, framework: Framework, standing: Standing, reason: str) -> None:
    assert standing.taken_from  # Or it would not be among them.
    write_chronology(
        actor=actor,
        pupil=standing.pupil,
        kind=EntryKind.FRAMEWORK,
        information_class=InformationClass.PUPIL,
        summary=f"{framework.name}: version {framework.version} is taken back; stands at "
        f"{standing.taken_from.stage.name} as before",
        detail=reason.strip(),
        url=f"/pupils/{standing.pupil_id}/frameworks/",
        is_shared=True,
    )
