"""Records a professional judgement, and finds those that somebody may read."""

from dataclasses import asdict, dataclass

from django.db import transaction

from alongside.cases import policy
from alongside.cases.models import Case, Judgement
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import NotFound, Problem, require
from alongside.core.handling import InformationClass
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind

CLASSES = (InformationClass.CASEWORK, InformationClass.SAFEGUARDING)


@dataclass(frozen=True)
class Reasoning:
    """What was known, what could be done, what was decided and why, and with whom."""

    facts: str
    options: str
    decision: str
    rationale: str
    consulted: str


@transaction.atomic
def record_judgement(
    *,
    actor: Actor,
    case: Case,
    reasoning: Reasoning,
    information_class: InformationClass = InformationClass.CASEWORK,
    adds_to: Judgement | None = None,
) -> Judgement:
    """Write it once. From then on nobody changes it, neither its writer nor the service itself."""
    require(policy.judge(actor, case, information_class))
    written = {name: said.strip() for name, said in asdict(reasoning).items()}
    for name, said in written.items():
        if not said:
            raise Problem("A judgement has all five parts. Write “nobody” or “none” if so.", name)
    judgement = Judgement.objects.create(
        case=case,
        information_class=information_class,
        recorded_by_id=actor.staff_id,
        adds_to=adds_to,
        **written,
    )
    what = "Added to a judgement" if adds_to else "Professional judgement recorded"
    write_chronology(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.NOTE,
        information_class=information_class,
        summary=f"{what}: {written['decision']}"[:300],
        url=f"/cases/{case.pk}/judgements/{judgement.pk}/",
    )
    audit.record(
        actor=actor,
        kind="judgement.recorded",
        subject=f"judgement {judgement.pk}",
        pupil_ids=[case.pupil_id],
        detail={"class": information_class},
    )
    return judgement


def judgements_of(actor: Actor, case: Case) -> list[Judgement]:
    """The newest first; what is restricted only for the cleared and for who wrote it."""
    found = Judgement.objects.filter(case=case).select_related("recorded_by")
    return [j for j in found.order_by("-pk") if _is_read_by(actor, j)]


def get_judgement(actor: Actor, case: Case, judgement_id: int) -> Judgement:
    found = Judgement.objects.filter(case=case).select_related("recorded_by", "adds_to")
    judgement = found.one(pk=judgement_id)
    if not _is_read_by(actor, judgement):
        raise NotFound
    return judgement


def _is_read_by(actor: Actor, judgement: Judgement) -> bool:
    return bool(policy.read_judgement(actor, judgement))
