"""Raises and acknowledges concerns. Anybody may raise one, about any child, from anywhere."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.people import policy
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import Concern, EntryKind, Pupil
from alongside.people.queries.banner import schools_now
from alongside.people.queries.safeguarding import safeguarding_staff_ids
from alongside.schools.models import School


@transaction.atomic
def raise_concern(
    *,
    actor: Actor,
    pupil: Pupil | None,
    school: School | None,
    where: Concern.Where,
    happened_at: datetime,
    words: str,
    child: str = "",
    child_words: str = "",
    done: str = "",
) -> Concern:
    """Keep the raiser's words behind the wall and tell the safeguarding leads at once.

    It goes to the setting named, and to every school on whose register the child is.
    """
    require(policy.raise_concern(actor))
    schools = schools_now(actor, pupil) if pupil else []
    if school and school not in schools:
        schools.insert(0, school)
    if not schools:
        raise Problem(
            "Choose the school or setting, so that it reaches the right person.", "school"
        )
    if pupil is None and not child.strip():
        raise Problem("Choose the child, or say in words who it is.", "child")
    if not words.strip():
        raise Problem("Say what you saw or heard.", "words")
    entry = write_chronology(
        actor=actor,
        pupil=pupil,
        school=schools[0] if pupil is None else None,
        kind=EntryKind.CONCERN,
        information_class=InformationClass.SAFEGUARDING,
        summary=f"Concern raised: {' '.join(words.split())[:200]}",
        occurred_at=happened_at,
    )
    concern = Concern.objects.create(
        pupil=pupil,
        school=school or schools[0],
        entry=entry,
        child=child.strip(),
        where=where,
        happened_at=happened_at,
        words=words.strip(),
        child_words=child_words.strip(),
        done=done.strip(),
        recorded_by_id=actor.staff_id,
    )
    entry.url = f"/concerns/{concern.pk}/"
    entry.save(update_fields=["url"])
    notices.notify(
        staff_ids=safeguarding_staff_ids(actor, schools),
        kind="concern.raised",
        text="A concern was raised. Read it and acknowledge it.",
        url=f"/concerns/{concern.pk}/",
        pupil_id=pupil.pk if pupil else None,
        is_urgent=True,
    )
    audit.record(
        actor=actor,
        kind="concern.raised",
        subject=f"concern {concern.pk}",
        pupil_ids=[pupil.pk] if pupil else [],
    )
    return concern


@transaction.atomic
def acknowledge_concern(*, actor: Actor, concern: Concern) -> Concern:
    """The safeguarding lead has read it. The raiser learns that, and nothing more."""
    concern = Concern.objects.select_for_update(of=("self",)).one(pk=concern.pk)
    require(policy.acknowledge_concern(actor, concern))
    concern.acknowledged_at = timezone.now()
    concern.acknowledged_by_id = actor.staff_id
    concern.save(update_fields=["acknowledged_at", "acknowledged_by"])
    notices.notify(
        staff_ids=[concern.recorded_by_id],
        kind="concern.acknowledged",
        text="A concern that you raised was acknowledged.",
        url=f"/concerns/{concern.pk}/",
    )
    audit.record(
        actor=actor,
        kind="concern.acknowledged",
        subject=f"concern {concern.pk}",
        pupil_ids=[concern.pupil_id] if concern.pupil_id else [],
    )
    return concern
