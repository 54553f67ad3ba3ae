"""What the school does: hands in papers, sends a referral, withdraws it."""

import hashlib
from collections.abc import Collection
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alongside.cases.models import Task
from alongside.core import audit, files
from alongside.core.actor import Actor
from alongside.core.decisions import NotFound, Problem, require
from alongside.core.handling import InformationClass
from alongside.core.models import Place, PlaceKind, StoredFile
from alongside.core.prepared import hold
from alongside.pathways.models import Framework
from alongside.people.actions.involvement import end_involvement, involve
from alongside.people.models import Capacity, Involvement, Pupil
from alongside.referrals import policy
from alongside.referrals.actions import steps
from alongside.referrals.actions.told import Told, attach, check, write_tried
from alongside.referrals.models import Referral, ReferralState, Wait
from alongside.schools.models import School


def same_paper(
    *, actor: Actor, upload: UploadedFile, paper_ids: Collection[int], referral: Referral | None
) -> str:
    """The name under which this very paper is attached already; empty when it is not."""
    digest = hashlib.sha256(upload.read()).hexdigest()
    upload.seek(0)
    attached = Q(pk__in=list(paper_ids), uploaded_by=actor.staff_id)
    if referral:
        attached |= Q(pk__in=referral.evidence.values("file"))
    found = StoredFile.objects.filter(attached, sha256=digest).order_by("pk").first()
    return found.name if found else ""


@transaction.atomic
def keep_paper(*, actor: Actor, pupil: Pupil, upload: UploadedFile) -> StoredFile:
    """Keep a paper while the referral is being written, so that a mistake elsewhere loses nothing."""
    if policy.school_of(actor, pupil) is None:
        raise NotFound
    file = files.store(actor=actor, upload=upload, information_class=InformationClass.CASEWORK)
    audit.record(actor=actor, kind="paper.kept", subject=f"file {file.pk}", pupil_ids=[pupil.pk])
    return file


@transaction.atomic
def send(
    *, actor: Actor, pupil: Pupil, framework: Framework, told: Told, submission: UUID
) -> Referral:
    """Send a referral. Pressing twice, or from two windows, makes one."""
    hold(Pupil, pupil.pk)
    if already := Referral.objects.filter(submission=submission, pupil=pupil).first():
        return already
    require(policy.make(actor, pupil, framework.owner))
    check(told, actor.today, pupil.born_on)
    if not told.main_worry or not (told.last_incident or "").strip():
        raise Problem("Say what happened in the last incident", "last_incident")
    school = policy.school_of(actor, pupil)
    assert school is not None  # Or `make` had refused.
    referral = Referral.objects.create(
        reference=f"new-{submission.hex[:12]}",
        submission=submission,
        pupil=pupil,
        school=school,
        service=framework.owner,
        area=area_of(school, framework.owner),
        framework=framework,
        sent_at=timezone.now(),
        sent_by_id=actor.staff_id,
        previous=previous(pupil, framework.owner),
        **told.columns,
    )
    take_in(actor, referral)
    write_tried(referral, told.tried)
    attach(actor, referral, told)
    steps.take(
        actor=actor,
        referral=referral,
        step="send",
        reason=f"Main worry: {referral.get_main_worry_display().lower()}.",
        summary=f"{school.name} referred to {referral.service.name}",
        tell=steps.screeners(referral, actor.today),
        news=f"{school.name} sent a referral.",
    )
    return referral


def take_in(actor: Actor, referral: Referral) -> None:
    """It has its number, and those it is sent to may see the pupil."""
    referral.reference = f"R-{referral.pk:05d}"
    referral.save(update_fields=["reference"])
    involve(
        actor=actor,
        pupil=referral.pupil,
        place=referral.area or referral.service,
        capacity=Capacity.REFERRED_TO,
        starts_on=actor.today,
        reason=referral.reference,
    )


@transaction.atomic
def withdraw(*, actor: Actor, referral: Referral, reason: str) -> Referral:
    """The school takes its referral back."""
    referral = locked(referral)
    require(policy.withdraw(actor, referral))
    if not reason.strip():
        raise Problem("Say why the school withdraws it.", "reason")
    was = referral.state
    end(actor, referral, reason.strip())
    steps.take(
        actor=actor,
        referral=referral,
        step="withdraw",
        from_state=was,
        reason=reason,
        summary=f"{referral.school.name} withdrew the referral",
        tell=steps.screeners(referral, actor.today),
        news=f"{referral.school.name} withdrew a referral.",
    )
    return referral


def end(actor: Actor, referral: Referral, reason: str) -> None:
    """It is withdrawn, with all that stood because of it: its wait, its access, its tasks."""
    referral.state = ReferralState.WITHDRAWN
    referral.decided_at = timezone.now()
    referral.decided_by_id = actor.staff_id
    referral.decision_reason = reason
    referral.version += 1
    referral.save(update_fields=["state", "decided_at", "decided_by", "decision_reason", "version"])
    end_wait(actor, referral)
    end_access(actor, referral)
    finish_tasks(actor, referral)


def area_of(school: School, service: Place) -> Place | None:
    """The service's neighbourhood or area that the school lies in, where its place says so."""
    place = school.place
    while place := place.parent:  # type: ignore[assignment]
        if place.kind == PlaceKind.NEIGHBOURHOOD and place.parent_id == service.pk:
            return place
    return None


def end_access(actor: Actor, referral: Referral, *, keeps_place: bool = False) -> None:
    """End the access that this referral alone gave; the days of grace remain."""
    given = Involvement.objects.filter(
        pupil=referral.pupil, reason=referral.reference, ends_on=None
    )
    if keeps_place:
        given = given.filter(capacity=Capacity.SCREENING)
    for involvement in given:
        end_involvement(actor=actor, involvement=involvement, ends_on=actor.today)


def locked(referral: Referral) -> Referral:
    return hold(Referral, referral.pk, "pupil", "school", "service", "area", "framework")


def previous(pupil: Pupil, service: Place) -> Referral | None:
    """The referral before this one: decided, and the case that it led to is closed."""
    earlier = Referral.objects.filter(pupil=pupil, service=service).exclude(state__in=policy.LIVE)
    return earlier.order_by("-sent_at", "-id").first()


def end_wait(actor: Actor, referral: Referral) -> None:
    """Whatever was decided, it waits no longer."""
    Wait.objects.filter(referral=referral, ends_on=None).update(ends_on=actor.today)


def finish_tasks(actor: Actor, referral: Referral) -> None:
    """What the school was asked to do is done, or no longer asked for."""
    Task.objects.filter(url=f"/referrals/{referral.pk}/", done_on=None).update(
        done_on=actor.today, done_by_id=actor.staff_id
    )
