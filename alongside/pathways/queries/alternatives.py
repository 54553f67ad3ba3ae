"""Questions about alternatives to permanent exclusion, of pupils in scope; and how they have held."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.pathways.models import Alternative, AlternativeStep, Framework, HoldCheck
from alongside.people.models import Pupil, called, in_scope, on_pathway

PAGE = 50
HELD = (HoldCheck.Answer.HELD, HoldCheck.Answer.SHAKY)


def visible_alternatives(actor: Actor) -> QuerySet[Alternative]:
    return Alternative.objects.filter(in_scope(actor.reach, "pupil_id"))


def open_alternative(actor: Actor, alternative_id: int, screen: str) -> Alternative:
    """One alternative for a screen that shows its pupil, or `NotFound`; the view is recorded."""
    found = (
        visible_alternatives(actor)
        .select_related("pupil", "school", "framework", "recorded_by")
        .filter(pk=alternative_id)
        .first()
    )
    if found is None:
        raise NotFound
    audit.record(
        actor=actor,
        kind="pupil.viewed",
        subject=f"alternative {found.pk}",
        pupil_ids=[found.pupil_id],
        detail={"screen": screen},
    )
    return found


def get_step(alternative: Alternative, step_id: int) -> AlternativeStep:
    steps = AlternativeStep.objects.filter(alternative=alternative).select_related("alternative")
    return steps.one(pk=step_id)


def get_hold(alternative: Alternative, hold_id: int) -> HoldCheck:
    checks = HoldCheck.objects.filter(alternative=alternative).select_related("alternative")
    return checks.one(pk=hold_id)


def alternatives_of(pupil: Pupil) -> list[Alternative]:
    """Every alternative of a pupil in scope, the latest first."""
    return list(Alternative.objects.filter(pupil=pupil).order_by("-starts_on", "-pk"))


def exclusion_frameworks(actor: Actor) -> list[Framework]:
    """The frameworks in force that are used in place of exclusion, with their stages."""
    found = Framework.objects.in_force(actor.today).filter(replaces_exclusion=True)
    return list(found.prefetch_related("stages").order_by("name", "pk"))


VIEWS = ("running", "asked", "ended", "all")


def page_of_alternatives(
    actor: Actor, view: str, after: int = 0, pathway: str = ""
) -> tuple[list[dict[str, Any]], bool]:
    """A page by key, the newest first, and whether more follow."""
    found = _narrowed(_of_view(actor, view), pathway, actor.today)
    if after:
        found = found.filter(pk__lt=after)
    rows: list[Any] = list(
        found.annotate(
            pupil_name=called("pupil"),
            school_name=F("school__name"),
            next_check=Subquery(_unanswered().values("due_on")[:1]),
        )
        .order_by("-pk")
        .values(
            "pk",
            "pupil_id",
            "pupil_name",
            "school_name",
            "kind",
            "reason",
            "starts_on",
            "planned_end_on",
            "ended_on",
            "outcome",
            "next_check",
        )[: PAGE + 1]
    )
    return rows[:PAGE], len(rows) > PAGE


def _narrowed(found: QuerySet[Alternative], pathway: str, today: date) -> QuerySet[Alternative]:
    return found.filter(on_pathway(pathway, today)) if pathway else found


def _unanswered() -> QuerySet[HoldCheck]:
    return HoldCheck.objects.filter(alternative=OuterRef("pk"), answered_on=None).order_by("due_on")


def _of_view(actor: Actor, view: str) -> QuerySet[Alternative]:
    found = visible_alternatives(actor)
    if view == "running":
        return found.filter(ended_on=None)
    if view == "ended":
        return found.exclude(ended_on=None)
    if view == "asked":
        due = HoldCheck.objects.filter(answered_on=None, due_on__lte=actor.today)
        return found.filter(pk__in=due.values("alternative_id"))
    return found


@dataclass
class Held:
    """Of those whose day has come: how many were asked, and of these how many have held."""

    due: int = 0
    asked: int = 0
    held: int = 0


@dataclass
class Figures:
    """Alternatives begun in a span of days: how they ended and whether they held."""

    used: int = 0
    running: int = 0
    avoided: int = 0  # Ended without a permanent exclusion.
    excluded: int = 0
    after: dict[int, Held] = field(default_factory=lambda: {1: Held(), 2: Held()})


def figures(actor: Actor, since: date, until: date, pathway: str = "") -> dict[str, Figures]:
    """Kind to its figures, of alternatives in scope that began between two days, both counted.

    `pathway` narrows them, as it does the list, to pupils who follow it today.
    """
    begun = _narrowed(visible_alternatives(actor), pathway, actor.today)
    begun = begun.filter(starts_on__range=(since, until))
    found: dict[str, Figures] = {}
    for row in _ended(begun):
        found[row["kind"]] = Figures(
            used=row["used"],
            running=row["running"],
            excluded=row["excluded"],
            avoided=row["used"] - row["running"] - row["excluded"],
        )
    for row in _held(begun, actor.today):
        found[row["alternative__kind"]].after[row["terms"]] = Held(
            row["due"], row["asked"], row["held"]
        )
    return found


def _ended(begun: QuerySet[Alternative]) -> QuerySet[Any]:
    excluded = Q(outcome=Alternative.Outcome.EXCLUDED)
    return (
        begun.values("kind")
        .annotate(
            used=Count("pk"),
            running=Count("pk", filter=Q(ended_on=None)),
            excluded=Count("pk", filter=excluded),
        )
        .order_by("kind")
    )


def _held(begun: QuerySet[Alternative], today: date) -> QuerySet[Any]:
    """A hold counts once its day has come, or once it is known not to have held."""
    come = Q(due_on__lte=today) | ~Q(answered_on=None)
    return (
        HoldCheck.objects.filter(come, alternative__in=begun.values("pk"))
        .values("alternative__kind", "terms")
        .annotate(
            due=Count("pk"),
            asked=Count("pk", filter=~Q(answered_on=None)),
            held=Count("pk", filter=Q(answer__in=HELD)),
        )
        .order_by("alternative__kind", "terms")
    )
