"""Sets a pupil's SEN provision and main need, as a record of the assessment behind it says."""

from django.db import transaction

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.people.models import Pupil, SenProvision
from alongside.rules.send import SEN_TYPES


@transaction.atomic
def set_sen(
    *, actor: Actor, pupil: Pupil, provision: str = "", primary: str | None = None
) -> Pupil:
    """The caller has asked who may: the SENDCo who answers, or whoever records the need."""
    pupil = Pupil.objects.select_for_update().one(pk=pupil.pk)
    if provision and provision not in SenProvision.values:
        raise Problem("Choose the provision from the list.", "provision")
    if primary and primary not in SEN_TYPES:
        raise Problem("Choose from the national categories.", "primary")
    pupil.sen_provision = provision or pupil.sen_provision
    pupil.sen_need = pupil.sen_need if primary is None else primary
    pupil.version += 1
    pupil.save(update_fields=["sen_provision", "sen_need", "version"])
    audit.record(
        actor=actor,
        kind="pupil.changed",
        subject=f"pupil {pupil.pk}",
        pupil_ids=[pupil.pk],
        detail={"fields": ["sen_provision", "sen_need"]},
    )
    return pupil
