"""A council's own rules: its scales, its kinds of plan, its standards. They hold in all of the council.

So they are set from a service's own place or the council's, and not from one neighbourhood; and whoever
answers for a service elsewhere is told.
"""

from datetime import date

from django.db.models import Q, QuerySet

from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.models import PlaceKind, RoleAssignment
from alongside.core.notices import notify
from alongside.core.permissions import ROLES, Permission, Role

WIDE = (PlaceKind.SERVICE, PlaceKind.COUNCIL)


def set_here(actor: Actor, otherwise: str) -> Decision:
    """`otherwise` says who sets this rule, to who holds no such role at all."""
    if not actor.may(Permission.OWN_RULES_EDIT):
        return refuse(otherwise)
    if actor.is_system or any(
        held.place_kind in WIDE and Permission.OWN_RULES_EDIT in ROLES[held.role].permissions
        for held in actor.held
    ):
        return ALLOWED
    return refuse("This holds in the whole council: whoever manages a whole service sets it.")


def tell_managers(actor: Actor, text: str, url: str) -> None:
    """Whoever answers for a service is told of a rule that somebody else has changed under it."""
    roles = [role for role in Role if Permission.OWN_RULES_EDIT in ROLES[role].permissions]
    held = in_force(actor.today).filter(role__in=roles, place__kind__in=WIDE)
    told = set(held.values_list("staff_id", flat=True)) - {actor.staff_id}
    notify(staff_ids=told, kind="rule.changed", text=text, url=url)


def in_force(today: date) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today, staff__is_active=True
    )
