"""Two records of one child: when they may be made one, which could be, and where an old address leads."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, NotFound, refuse
from alongside.core.permissions import Permission
from alongside.people import joining
from alongside.people.models import Merge, Pupil
from alongside.people.queries.known import Known, load, load_to_match
from alongside.rules import names
from alongside.rules.matching import Kind, match

MOST = 20


def merge(
    actor: Actor, kept: Pupil, merged: Pupil, found: list[joining.Clash] | None = None
) -> Decision:
    """`found` is what `joining.clashes` found, for a caller that has looked already."""
    if not actor.may(Permission.PUPIL_MERGE):
        return refuse("Your role does not merge records. Ask your manager.")
    if kept.pk == merged.pk:
        return refuse("This is one and the same record.")
    if kept.merged_into_id or merged.merged_into_id:
        return refuse("One of the two records was merged already.")
    both = Pupil.objects.visible_to(actor).filter(pk__in=[kept.pk, merged.pk])
    if both.count() != 2:
        return refuse("You may merge only records that you may see.")
    found = list(joining.clashes(kept, merged)) if found is None else found
    if blocked := joining.in_the_way(found):
        return refuse(blocked)
    return ALLOWED


def get_two(actor: Actor, kept_id: int, merged_id: int) -> tuple[Pupil, Pupil]:
    """Both records, each in scope, or `NotFound`."""
    found = Pupil.objects.visible_to(actor).in_bulk([kept_id, merged_id])
    if kept_id not in found or merged_id not in found:
        raise NotFound
    return found[kept_id], found[merged_id]


def undo(actor: Actor, found: Merge, kept: Pupil) -> Decision:
    if not actor.may(Permission.PUPIL_MERGE):
        return refuse("Your role does not merge records. Ask your manager.")
    if found.undone_at:
        return refuse(f"This merge was undone on {found.undone_at:%-d %B %Y}.")
    if kept.merged_into_id:
        return refuse("The record was merged into another since. Undo that merge first.")
    return ALLOWED


@dataclass(frozen=True)
class Alike:
    """A record that could be the same child, and why."""

    pupil: Pupil
    reasons: tuple[str, ...]


def could_be_the_same(actor: Actor, pupil: Pupil) -> list[Alike]:
    """Records in scope with the same number, or birthday and a like name; the nearest first."""
    fits = Q(born_on=pupil.born_on) | Q(search_name=pupil.search_name)
    numbers = {pupil.upn, pupil.former_upn} - {""}
    fits |= Q(upn__in=numbers) | Q(former_upn__in=numbers)
    near = Pupil.objects.visible_to(actor).filter(fits).exclude(pk=pupil.pk)
    pupils = {each.pk: each for each in near.order_by("search_name", "id")[:200]}
    known = load_to_match(actor, Pupil.objects.filter(pk__in=[pupil.pk, *pupils]))
    own = known.pop(pupil.pk)
    found = [(answer, pupils[pk]) for pk, each in known.items() if (answer := _alike(own, each))]
    order = {Kind.SAME: 0, Kind.LIKELY: 1, Kind.DOUBTFUL: 2}
    found.sort(key=lambda each: (order[each[0][0]], each[1].pk))
    return [Alike(each, reasons) for (_, reasons), each in found][:MOST]


def _alike(own: Known, other: Known) -> tuple[Kind, tuple[str, ...]] | None:
    answer = match(own.person, [other.person])
    return None if answer.kind == Kind.NEW else (answer.kind, answer.reasons)


def both(actor: Actor, kept: Pupil, merged: Pupil) -> dict[int, Known]:
    return load(actor, Pupil.objects.filter(pk__in=[kept.pk, merged.pk]))


def search(actor: Actor, pupil: Pupil, words: str) -> list[Pupil]:
    """Records in scope that these words name: every word somewhere in the name, or the UPN."""
    found = Pupil.objects.visible_to(actor).exclude(pk=pupil.pk)
    told = names.sought(words)
    if not told:
        return []
    named = Q()
    for word in told:
        named &= Q(search_name__contains=word)
    found = found.filter(named | Q(upn__iexact=words.strip()))
    return list(found.order_by("search_name", "id")[:MOST])


def merges_of(pupil: Pupil) -> QuerySet[Merge]:
    return Merge.objects.filter(kept=pupil).select_related("merged", "merged_by").order_by("-id")


def get_merge(actor: Actor, pupil: Pupil, merge_id: int) -> Merge:
    found = merges_of(pupil).filter(pk=merge_id).first()
    if found is None:
        raise NotFound
    return found


def kept_id(actor: Actor, pupil_id: int) -> int | None:
    """Where the address of a merged record leads, for who may see the record that was kept."""
    seen: set[int] = set()
    at: int | None = pupil_id
    while at and at not in seen:
        seen.add(at)
        after = Pupil.objects.filter(pk=at).values_list("merged_into_id", flat=True).first()
        if after is None:
            break
        at = after
    if at is None or at == pupil_id or not Pupil.objects.visible_to(actor).filter(pk=at).exists():
        return None
    return at
