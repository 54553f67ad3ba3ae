"""Whom to ask, and whom to tell, about a child's safety: the designated safeguarding lead."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.core.models import RoleAssignment
from alongside.core.permissions import Role
from alongside.people.models import Enrolment, Pupil
from alongside.people.queries.rows import Lists, gathered
from alongside.schools.models import School, SchoolContact

NOBODY_NAMED = "the school’s designated safeguarding lead"
IS_DSL = Q(role__iexact="DSL") | Q(role__istartswith="designated safeguarding lead")


@dataclass(frozen=True)
class Lead:
    """Somebody to tell in person: a name, and how to reach them."""

    name: str
    phone: str = ""
    email: str = ""


def may_know_of(actor: Actor, information_class: InformationClass) -> bool:
    """Whether this actor may know that there is something of this class."""
    return information_class in actor.reads | actor.sees_flag | actor.reads_shared


def whom_to_ask(actor: Actor, pupil: Pupil) -> str:
    """K. Specimen, DSL; or the role, where the school has named nobody."""
    return asked(_names_to_ask(pupil, today=actor.today))


def names_to_ask(today: Any) -> Lists:
    """What `asked` needs, to be gathered with other lists: names of the pupil's schools' leads."""
    schools = Enrolment.objects.current(today).filter(pupil=OuterRef(OuterRef("pk")))
    contacts = SchoolContact.objects.filter(
        IS_DSL, is_current=True, school__in=schools.values("school")
    )
    holders = _holders(today).filter(place__in=schools.values("school__place"))
    return {
        "dsl_contacts": ArraySubquery(contacts.order_by("pk").values("name")),
        "dsl_holders": ArraySubquery(holders.order_by("pk").values("staff__name")),
    }


_names_to_ask = gathered(names_to_ask)


def asked(found: dict[str, Any]) -> str:
    names = [*found["dsl_contacts"], *found["dsl_holders"]]
    return f"{names[0]}, DSL" if names else NOBODY_NAMED


def safeguarding_leads(actor: Actor, school: School) -> list[Lead]:
    """The people a school names, else those who hold the role there in this service."""
    contacts = SchoolContact.objects.filter(IS_DSL, school=school, is_current=True)
    named = [Lead(c.name, c.phone, c.email) for c in contacts.order_by("pk")]
    if named:
        return named
    holders = _holders(actor.today).filter(place_id=school.place_id).select_related("staff")
    return [Lead(held.staff.name, email=held.staff.email) for held in holders.order_by("pk")]


def safeguarding_staff_ids(actor: Actor, schools: Iterable[School]) -> list[int]:
    """Who signs in here as safeguarding lead of these schools: concerns reach them."""
    held = _holders(actor.today).filter(place_id__in=[school.place_id for school in schools])
    return sorted(set(held.values_list("staff_id", flat=True)))


def _holders(today: Any) -> QuerySet[RoleAssignment]:
    held = RoleAssignment.objects.filter(role=Role.DSL, staff__is_active=True, starts_on__lte=today)
    return held.exclude(ends_on__lt=today)
