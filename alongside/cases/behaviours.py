"""Presenting behaviours of a case, told at referral and told again at exit."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from alongside.cases import policy
from alongside.cases.models import Behaviour, Case
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import NotFound, Problem, require
from alongside.core.handling import InformationClass
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind

Occasion = Behaviour.Occasion


@dataclass(frozen=True)
class Pair:
    """One behaviour at referral, and at exit once it has been told again."""

    name: str
    before: Behaviour | None
    after: Behaviour | None

    @property
    def words(self) -> str:
        """What changed, for one line."""
        if self.before is None or self.after is None:
            return ""
        by = (self.after.frequency - self.before.frequency) + (
            self.after.severity - self.before.severity
        )
        return "better" if by < 0 else "worse" if by > 0 else "the same"


@transaction.atomic
def record_behaviour(
    *,
    actor: Actor,
    case: Case,
    name: str,
    occasion: Behaviour.Occasion,
    frequency: int,
    severity: int,
    seen_on: date,
    source: str = "",
) -> Behaviour:
    """How often and how severe, on one occasion. Told again, it replaces what was told then."""
    case = Case.objects.select_for_update(of=("self",)).select_related("pupil").one(pk=case.pk)
    require(policy.work(actor, case))
    name = " ".join(name.split())
    if not name:
        raise Problem("Say what is seen.", "name")
    if seen_on > actor.today:
        raise Problem("This day has not come yet.", "seen_on")
    if bool(frequency) != bool(severity):
        raise Problem(
            "What is not seen at all has no severity, and what is seen has one.", "severity"
        )
    told = {
        "frequency": frequency,
        "severity": severity,
        "seen_on": seen_on,
        "source": source.strip(),
        "recorded_by_id": actor.staff_id,
    }
    known = case.behaviours.filter(name__iexact=name, occasion=occasion).first()
    behaviour, _ = Behaviour.objects.update_or_create(
        case=case, name=known.name if known else name, occasion=occasion, defaults=told
    )
    write_chronology(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.ASSESSMENT,
        information_class=InformationClass.CASEWORK,
        summary=f"{behaviour.get_occasion_display()}: {behaviour.name}, "
        f"{behaviour.get_frequency_display().lower()}",
        url=f"/cases/{case.pk}/behaviours/",
    )
    audit.record(
        actor=actor,
        kind="behaviour.recorded",
        subject=f"case {case.pk}",
        pupil_ids=[case.pupil_id],
        detail={"occasion": occasion},
    )
    return behaviour


def pairs_of(actor: Actor, case: Case) -> list[Pair]:
    """Each behaviour once, in the order it was first told. Casework: `NotFound` for others."""
    if not actor.reads_casework:
        raise NotFound
    told: dict[str, dict[str, Behaviour]] = {}
    for behaviour in case.behaviours.select_related("recorded_by").order_by("pk"):
        told.setdefault(behaviour.name, {})[behaviour.occasion] = behaviour
    return [
        Pair(name, by.get(Occasion.REFERRAL.value), by.get(Occasion.EXIT.value))
        for name, by in told.items()
    ]
