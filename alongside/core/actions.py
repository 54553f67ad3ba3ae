"""Changes to councils and staff, and break-glass. What is done to a role is in `core.roles`."""

from datetime import timedelta

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from alongside.core import audit, notices, policy, queries, sign_in
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.models import (
    Account,
    BreakGlass,
    Council,
    Place,
    PlaceKind,
    Purpose,
    RoleAssignment,
    Staff,
)
from alongside.core.permissions import Role

GLASS_STAYS_BROKEN = timedelta(hours=4)
PURPOSE_LASTS = timedelta(hours=4)
LEAST_WORDS = 5  # Letters of a purpose: "SAR 14" says more than "x".
LEAST_DIGITS = 8  # Of a telephone number with its area.
# Says neither what was changed, nor by whom, nor why: a mailbox may be somebody else's by now.
SIGN_IN_CHANGED = (
    "How you sign in to Alongside was changed, and you were signed out everywhere.\n\n"
    "The next time you sign in you will be asked to set it up again.\n\n"
    "If you did not ask for this, ring your system administrator now.\n"
)


def create_council(*, code: str, name: str, kind: str = "BOROUGH", using: str = "owner") -> Council:
    """Make a council, its place and its system actor. Only the tables' owner can: no actor may."""
    with transaction.atomic(using=using):
        council = Council.objects.using(using).create(code=code, name=name, kind=kind)
        Place.objects.using(using).create(council=council, kind=PlaceKind.COUNCIL, name=name)
        Staff.objects.using(using).create(
            council=council, name=f"Alongside for {name}", is_system=True
        )
    return council


@transaction.atomic
def add_staff(
    *,
    actor: Actor,
    name: str,
    email: str,
    job_title: str = "",
    password: str | None = None,
) -> Staff:
    """Add a person who can sign in. They see nothing until they hold a role."""
    require(policy.give_role(actor))
    if not name.strip():
        raise Problem("Enter the person's name.", "name")
    if Account.objects.filter(email__iexact=email).exists():
        raise Problem("Somebody already signs in with this e-mail address.", "email")
    staff = Staff.objects.create(
        name=name,
        email=email.lower(),
        job_title=job_title,
        account=Account.objects.create_user(email, password),
    )
    audit.record(actor=actor, kind="staff.added", subject=f"staff {staff.pk}")
    return staff


@transaction.atomic
def invite(*, actor: Actor, staff: Staff) -> Account:
    """Let a new person choose a password. The caller makes the one-time link and hands it over."""
    require(policy.invite(actor, staff))
    assert staff.account  # Or the policy had refused.
    audit.record(actor=actor, kind="staff.invited", subject=f"staff {staff.pk}")
    return staff.account


@transaction.atomic
def choose_first_password(*, account: Account, password: str) -> None:
    """A new person's own choice, made with a one-time link before anyone is signed in."""
    account.set_password(password)
    account.save(update_fields=["password"])


@transaction.atomic
def close_staff(*, actor: Actor, staff: Staff, is_active: bool = False) -> Staff:
    """Close, or open again, a person's way in. Their roles and what they wrote stay as they are."""
    staff = Staff.objects.select_for_update(of=("self",)).select_related("account").one(pk=staff.pk)
    require(policy.close_staff(actor, staff))
    staff.is_active = is_active
    staff.save(update_fields=["is_active"])
    if staff.account:
        staff.account.is_active = is_active
        staff.account.save(update_fields=["is_active"])
    kind = "staff.reopened" if is_active else "staff.closed"
    audit.record(actor=actor, kind=kind, subject=f"staff {staff.pk}")
    return staff


@transaction.atomic
def change_employment(
    *, actor: Actor, staff: Staff, seen: str, employer: Place | None, line_manager: Staff | None
) -> Staff:
    """Who employs a person and who manages them. Neither shows anybody a pupil (brief, 2c.1, 2c.3).

    `seen` is what `queries.employment_seen` said when the form was shown.
    """
    # One change of managers at a time in a council: two together could close a ring.
    Staff.objects.select_for_update().get(is_system=True)
    staff = Staff.objects.select_for_update(of=("self",)).one(pk=staff.pk)
    require(policy.change_employment(actor, staff))
    if queries.employment_seen(staff) != seen:
        raise Problem("Somebody changed this while you were writing. Look at it again, then save.")
    if line_manager:
        _check_manager(staff, line_manager)
    before = {"employer": staff.employer_id, "line_manager": staff.line_manager_id}
    staff.employer, staff.line_manager = employer, line_manager
    staff.save(update_fields=["employer", "line_manager"])
    after = {"employer": staff.employer_id, "line_manager": staff.line_manager_id}
    audit.record(
        actor=actor,
        kind="staff.employment_changed",
        subject=f"staff {staff.pk}",
        detail={"before": before, "after": after},
    )
    return staff


def _check_manager(staff: Staff, manager: Staff) -> None:
    if manager.pk == staff.pk:
        raise Problem("Nobody is their own line manager.", "line_manager")
    if not manager.is_active or manager.is_system:
        raise Problem(f"{manager.name} does not work here now.", "line_manager")
    if staff.pk in queries.managers_above(manager):
        raise Problem(
            f"{manager.name} is managed by {staff.name}, directly or through others. "
            "Change that first.",
            "line_manager",
        )


@transaction.atomic
def change_phone(*, actor: Actor, phone: str) -> Staff:
    """One's own work number, shown wherever one leads a case."""
    staff = Staff.objects.select_for_update(of=("self",)).one(pk=actor.staff_id)
    typed = " ".join(phone.split())
    if typed and sum(letter.isdigit() for letter in typed) < LEAST_DIGITS:
        raise Problem("Enter a whole telephone number, or leave it empty.", "phone")
    staff.phone = typed
    staff.save(update_fields=["phone"])
    audit.record(actor=actor, kind="staff.phone_changed", subject=f"staff {staff.pk}")
    return staff


@transaction.atomic
def remove_second_factor(*, actor: Actor, staff: Staff, reason: str) -> Staff:
    """For somebody who lost their device: signed out everywhere, told, and asked to set up anew."""
    staff = Staff.objects.select_for_update(of=("self",)).select_related("account").one(pk=staff.pk)
    require(policy.remove_second_factor(actor, staff, sign_in.second_factors(staff.account)))
    assert staff.account  # Or the policy had refused.
    if len(reason.strip()) < 10:
        raise Problem("Say in a sentence how you know that it is they who ask.", "reason")
    sign_in.remove_second_factors(staff.account)
    sign_in.end_sessions(staff.account)
    address = staff.account.email
    transaction.on_commit(
        lambda: send_mail(
            "Alongside: how you sign in was changed", SIGN_IN_CHANGED, None, [address]
        ),
        robust=True,
    )
    audit.record(
        actor=actor,
        kind="staff.second_factor_removed",
        subject=f"staff {staff.pk}",
        detail={"reason": reason.strip()[:300]},
    )
    return staff


@transaction.atomic
def break_glass(
    *, actor: Actor, pupil_id: int, reason: str, tell_staff_ids: list[int]
) -> BreakGlass:
    """Open one pupil's record for four hours, telling the lead worker and the DPO at once.

    The caller names whom to tell besides the data protection officers: the pupil's lead worker.
    """
    require(policy.break_glass(actor))
    if len(reason.strip()) < 10:
        raise Problem("Say why you need this record now, in a sentence.", "reason")
    glass = BreakGlass.objects.create(
        staff_id=actor.staff_id,
        pupil_id=pupil_id,
        reason=reason.strip(),
        ends_at=timezone.now() + GLASS_STAYS_BROKEN,
    )
    officers = RoleAssignment.objects.filter(
        role=Role.DATA_PROTECTION_OFFICER, starts_on__lte=actor.today
    ).exclude(ends_on__lt=actor.today)
    notices.notify(
        staff_ids=[*tell_staff_ids, *officers.values_list("staff_id", flat=True)],
        kind="record.opened",
        text=f"{actor.name} opened a record that is not theirs, out of the ordinary.",
        url=f"/pupils/{pupil_id}/access/",
        pupil_id=pupil_id,
        is_urgent=True,
    )
    audit.record(
        actor=actor,
        kind="glass.broken",
        subject=f"pupil {pupil_id}",
        pupil_ids=[pupil_id],
        detail={"reason": glass.reason},
    )
    return glass


@transaction.atomic
def give_purpose(*, actor: Actor, pupil_id: int, kind: str, words: str) -> Purpose:
    """Open one pupil's record for a purpose, for four hours. Nobody is told: the trail keeps it."""
    require(policy.give_purpose(actor))
    if kind not in Purpose.Kind.values:
        raise Problem("Choose what it is for.", "kind")
    if len(words.strip()) < LEAST_WORDS:
        raise Problem("Say in a few words what it is for, or its reference.", "words")
    purpose = Purpose.objects.create(
        staff_id=actor.staff_id,
        pupil_id=pupil_id,
        kind=kind,
        words=words.strip(),
        ends_at=timezone.now() + PURPOSE_LASTS,
    )
    audit.record(
        actor=actor,
        kind="purpose.given",
        subject=f"pupil {pupil_id}",
        pupil_ids=[pupil_id],
        detail={"purpose": f"{Purpose.Kind(kind).label}: {purpose.words}"},
    )
    return purpose


@transaction.atomic
def refuse_glass(*, actor: Actor) -> None:
    """Somebody gave details that fit no record: remembered, because it may be guessing."""
    audit.record(actor=actor, kind="glass.refused")
