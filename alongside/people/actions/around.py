"""Changes who and what is around a pupil: carers, professionals, addresses, flags."""

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.people import policy
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import Address, Carer, EntryKind, Flag, Professional, Pupil
from alongside.rules import postcodes

CARER_FIELDS = (
    "name",
    "relationship",
    "phone",
    "email",
    "has_parental_responsibility",
    "is_do_not_contact",
    "contact_note",
    "language",
    "needs_interpreter",
    "order",
    "ends_on",
)
CASEWORK, SAFEGUARDING = InformationClass.CASEWORK, InformationClass.SAFEGUARDING


@transaction.atomic
def add_carer(*, actor: Actor, pupil: Pupil, **fields: Any) -> Carer:
    require(policy.edit_pupil(actor))
    _check_carer(fields, pupil)
    carer = Carer.objects.create(
        pupil=pupil, **{name: fields[name] for name in CARER_FIELDS if name in fields}
    )
    if carer.is_do_not_contact:
        _tell_of_no_contact(actor, carer)
    _record(actor, "carer.added", f"carer {carer.pk}", pupil.pk)
    return carer


@transaction.atomic
def change_carer(*, actor: Actor, carer: Carer, version: int, **fields: Any) -> Carer:
    """Change a carer from the version that was on the screen; a conflict keeps both."""
    carer = Carer.objects.select_for_update().one(pk=carer.pk)
    require(policy.edit_pupil(actor))
    carer.require_version(version)
    _check_carer(fields, carer.pupil)
    was_to_contact = not carer.is_do_not_contact
    changed = [n for n in CARER_FIELDS if n in fields and getattr(carer, n) != fields[n]]
    for name in changed:
        setattr(carer, name, fields[name])
    carer.save(update_fields=[*changed, "version"])
    if carer.is_do_not_contact and was_to_contact:
        _tell_of_no_contact(actor, carer)
    _record(actor, "carer.changed", f"carer {carer.pk}", carer.pupil_id, fields=changed)
    return carer


@transaction.atomic
def add_professional(*, actor: Actor, pupil: Pupil, **fields: Any) -> Professional:
    """Somebody of another agency. That a child has a social worker is itself restricted."""
    require(policy.edit_pupil(actor))
    if not fields.get("name", "").strip():
        raise Problem("Enter the name.", "name")
    is_social_worker = "social work" in fields.get("profession", "").lower()
    professional = Professional.objects.create(
        pupil=pupil,
        information_class=SAFEGUARDING if is_social_worker else CASEWORK,
        recorded_by_id=actor.staff_id,
        **fields,
    )
    if is_social_worker:
        _flag_once(actor, pupil, Flag.Kind.SOCIAL_WORKER, fields["starts_on"])
    _record(actor, "professional.added", f"professional {professional.pk}", pupil.pk)
    return professional


@transaction.atomic
def end_professional(*, actor: Actor, professional: Professional, ends_on: date) -> Professional:
    require(policy.edit_pupil(actor))
    if ends_on < professional.starts_on:
        raise Problem("It cannot end before it starts.", "ends_on")
    professional.ends_on = ends_on
    professional.save(update_fields=["ends_on"])
    if professional.information_class == SAFEGUARDING:
        _end_flag(professional.pupil, Flag.Kind.SOCIAL_WORKER, ends_on)
    _record(actor, "professional.ended", f"professional {professional.pk}", professional.pupil_id)
    return professional


@transaction.atomic
def move_address(*, actor: Actor, pupil: Pupil, starts_on: date, **fields: Any) -> Address:
    """Where the pupil lives from a day on. The address before ends the day before.

    A concealed address is restricted from its first moment, and so is every one it replaces
    that was concealed.
    """
    require(policy.edit_pupil(actor))
    if not (fields.get("line_1", "").strip() and fields.get("postcode", "").strip()):
        raise Problem("Enter the first line and the postcode.", "line_1")
    if problem := postcodes.problem_with(fields["postcode"]):
        raise Problem(problem, "postcode")
    fields["postcode"] = postcodes.normalise(fields["postcode"])
    current = Address.objects.filter(pupil=pupil, ends_on=None)
    if current.filter(starts_on__gte=starts_on).exists():
        raise Problem("There is an address from a later day already.", "starts_on")
    current.update(ends_on=starts_on - timedelta(days=1))
    is_concealed = bool(fields.get("is_concealed"))
    address = Address.objects.create(
        pupil=pupil,
        starts_on=starts_on,
        information_class=SAFEGUARDING if is_concealed else InformationClass.PUPIL,
        recorded_by_id=actor.staff_id,
        **fields,
    )
    if is_concealed:
        _flag_once(actor, pupil, Flag.Kind.CONCEALED_ADDRESS, starts_on)
    write_chronology(
        actor=actor,
        pupil=pupil,
        kind=EntryKind.MOVE,
        information_class=SAFEGUARDING if is_concealed else InformationClass.PUPIL,
        summary="Address concealed" if is_concealed else "New address",
    )
    _record(actor, "address.changed", f"address {address.pk}", pupil.pk, is_concealed=is_concealed)
    return address


@transaction.atomic
def add_flag(
    *, actor: Actor, pupil: Pupil, kind: Flag.Kind, weight: Flag.Weight, text: str, starts_on: date
) -> Flag:
    require(policy.edit_pupil(actor))
    if not text.strip():
        raise Problem("A flag says in a few words what to know or do.", "text")
    if kind == Flag.Kind.CONCEALED_ADDRESS:
        _conceal(actor, pupil)
    flag = Flag.objects.create(
        pupil=pupil,
        kind=kind,
        weight=weight,
        text=" ".join(text.split())[:80],
        starts_on=starts_on,
        recorded_by_id=actor.staff_id,
    )
    _record(actor, "flag.added", f"flag {flag.pk}", pupil.pk, flag=kind)
    return flag


@transaction.atomic
def end_flag(*, actor: Actor, flag: Flag) -> Flag:
    """A flag ends the day before, so that it leaves the banner at once."""
    require(policy.end_flag(actor, flag))
    flag.ends_on = actor.today - timedelta(days=1)
    flag.save(update_fields=["ends_on"])
    _record(actor, "flag.ended", f"flag {flag.pk}", flag.pupil_id, flag=flag.kind)
    return flag


def _check_carer(fields: dict[str, Any], pupil: Pupil) -> None:
    if "name" in fields and not fields["name"].strip():
        raise Problem("Enter the name.", "name")
    ends_on = fields.get("ends_on")
    if ends_on and ends_on < pupil.born_on:
        raise Problem("This day is before the child was born. Check the year.", "ends_on")


def _tell_of_no_contact(actor: Actor, carer: Carer) -> None:
    write_chronology(
        actor=actor,
        pupil=carer.pupil,
        kind=EntryKind.NOTE,
        information_class=InformationClass.PUPIL,
        summary=f"Do not contact: {carer.relationship or carer.name}",
    )


def _conceal(actor: Actor, pupil: Pupil) -> None:
    """A flag beside an address that all can read would conceal nothing: the address goes with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.conceal_addresses(%s)", [pupil.pk])
    write_chronology(
        actor=actor,
        pupil=pupil,
        kind=EntryKind.MOVE,
        information_class=SAFEGUARDING,
        summary="Address concealed",
    )


def _flag_once(actor: Actor, pupil: Pupil, kind: Flag.Kind, starts_on: date) -> None:
    if not Flag.objects.filter(pupil=pupil, kind=kind, ends_on=None).exists():
        Flag.objects.create(
            pupil=pupil,
            kind=kind,
            weight=Flag.Weight.RESTRICTED,
            text=kind.label,
            starts_on=starts_on,
            recorded_by_id=actor.staff_id,
        )


def _end_flag(pupil: Pupil, kind: Flag.Kind, ends_on: date) -> None:
    Flag.objects.filter(pupil=pupil, kind=kind, ends_on=None, starts_on__lte=ends_on).update(
        ends_on=ends_on
    )


def _record(actor: Actor, kind: str, subject: str, pupil_id: int, **detail: object) -> None:
    audit.record(actor=actor, kind=kind, subject=subject, pupil_ids=[pupil_id], detail=detail)
