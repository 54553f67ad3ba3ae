"""What a recipient reads of a pupil's record: the same question their own screen asks."""

from dataclasses import dataclass, replace

from django.db.models import Q

from alongside.core.actor import Actor, Held
from alongside.core.handling import InformationClass
from alongside.core.models import RoleAssignment
from alongside.core.permissions import ROLES, Role, Scope
from alongside.people.models import MAIN, ChronologyEntry, Enrolment, Involvement, Pupil
from alongside.people.queries.chronology import Chosen, Line, read_lines

MOST = 100
RECIPIENTS = {
    "sendco": ("The school’s SENDCo", Role.SCHOOL_SENDCO),
    "head": ("The headteacher", Role.SCHOOL_HEADTEACHER),
    "teacher": ("A class teacher", Role.SCHOOL_TEACHER),
    "provider": ("A provider", Role.AP_PROVIDER),
    "agency": ("An invited professional", Role.AGENCY_PROFESSIONAL),
}
NOBODY = 0  # A staff number that nobody has: the preview shows no words of the reader's own.


@dataclass(frozen=True)
class Preview:
    """Lines as the recipient reads them, and how many of the actor's they do not."""

    lines: list[Line]
    kept_back: int
    reads: list[InformationClass]
    shared_only: list[InformationClass]
    people: list[str]


def preview(actor: Actor, pupil: Pupil, recipient: str) -> Preview:
    """Never more than the actor reads: what the actor may not see cannot be previewed."""
    role = RECIPIENTS[recipient][1]
    them = as_holder_of(actor, role)
    theirs = read_lines(them, pupil, Chosen())[:MOST]
    own = ChronologyEntry.objects.readable_by(actor).filter(pupil=pupil, corrects=None)
    shown = ChronologyEntry.objects.readable_by(them).filter(pupil=pupil, corrects=None)
    classes = [c for c in InformationClass if c != InformationClass.AGGREGATE]
    return Preview(
        lines=theirs,
        kept_back=own.exclude(pk__in=shown.values("pk")).count(),
        reads=[c for c in classes if c in them.reads],
        shared_only=[c for c in classes if c in them.reads_shared],
        people=_holders(actor, pupil, role),
    )


def as_holder_of(actor: Actor, role: Role) -> Actor:
    """Somebody of this role, for reading only: the database still answers as the actor."""
    held = Held(role=role, place_id=0, place_kind="SCHOOL", place_name=ROLES[role].label)
    return replace(actor, staff_id=NOBODY, held=(held,), is_system=False)


def _holders(actor: Actor, pupil: Pupil, role: Role) -> list[str]:
    schools = Enrolment.objects.current(actor.today).filter(pupil=pupil)
    held = RoleAssignment.objects.filter(
        role=role, place__in=schools.values("school__place"), starts_on__lte=actor.today
    ).exclude(ends_on__lt=actor.today)
    return sorted(set(held.values_list("staff__name", flat=True)))


@dataclass(frozen=True)
class Reader:
    """Somebody of a school who signs in here."""

    staff_id: int
    name: str
    role: str


def main_school_id(actor: Actor, pupil_id: int) -> int | None:
    """The school that has the pupil on its roll today, the main one of two."""
    on_roll = Enrolment.objects.current(actor.today).filter(pupil=pupil_id, status__in=MAIN)
    return on_roll.values_list("school_id", flat=True).order_by("pk").first()


def school_readers(actor: Actor, pupil: Pupil) -> list[Reader]:
    """Who of the pupil's schools reads what is shared with the school."""
    schools = Enrolment.objects.current(actor.today).filter(pupil=pupil)
    invited = Involvement.objects.in_force(actor.today).filter(pupil=pupil, staff__isnull=False)
    by_roll = Q(place__in=schools.values("school__place"), role__in=_school_roles(Scope.ROLL))
    by_name = Q(staff__in=invited.values("staff"), role__in=_school_roles(Scope.ALLOCATED))
    return _readers(actor, by_roll | by_name)


def readers_at(actor: Actor, place_id: int) -> list[Reader]:
    """Who of one school signs in here and answers for the whole of it."""
    return _readers(actor, Q(place=place_id, role__in=_school_roles(Scope.ROLL)))


def _readers(actor: Actor, of_the_school: Q) -> list[Reader]:
    held = RoleAssignment.objects.filter(
        of_the_school, staff__is_active=True, starts_on__lte=actor.today
    ).exclude(ends_on__lt=actor.today)
    found = held.order_by("staff__name", "pk").values_list("staff_id", "staff__name", "role")
    named = {staff_id: (name, role) for staff_id, name, role in found}
    return [Reader(pk, name, ROLES[Role(role)].label) for pk, (name, role) in named.items()]


def _school_roles(scope: Scope) -> list[Role]:
    return [role for role in Role if ROLES[role].is_of_a_school and ROLES[role].scope is scope]
