"""Records pathways with their dates, and conditions with who named them and when."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.people import policy
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import Condition, EntryKind, PathwaySpell, Pupil
from alongside.rules.bounds import too_far
from alongside.rules.words import day_in_words


@transaction.atomic
def start_pathway(
    *, actor: Actor, pupil: Pupil, pathway: PathwaySpell.Pathway, starts_on: date, note: str = ""
) -> PathwaySpell:
    """A pupil may follow more than one at once, each of them once."""
    require(policy.edit_pupil(actor))
    if said := too_far(starts_on, ahead_of=actor.today):
        raise Problem(said, "starts_on")
    if starts_on < pupil.born_on:
        raise Problem(f"{pupil.forename} was not born yet. Check the year.", "starts_on")
    running = pupil.pathway_spells.filter(pathway=pathway)
    if running.filter(ends_on=None).exists() or running.filter(ends_on__gte=starts_on).exists():
        raise Problem(
            f"{pupil.forename} is on the {pathway.label.lower()} pathway then already.", "pathway"
        )
    spell = PathwaySpell.objects.create(
        pupil=pupil,
        pathway=pathway,
        starts_on=starts_on,
        note=note.strip(),
        recorded_by_id=actor.staff_id,
    )
    _tell(actor, spell, f"{pathway.label} pathway from {day_in_words(starts_on)}")
    return spell


@transaction.atomic
def end_pathway(*, actor: Actor, spell: PathwaySpell, ends_on: date) -> PathwaySpell:
    spell = (
        PathwaySpell.objects.select_for_update(of=("self",))
        .select_related("pupil")
        .one(pk=spell.pk)
    )
    require(policy.end_pathway(actor, spell))
    if ends_on < spell.starts_on:
        raise Problem(f"It started on {day_in_words(spell.starts_on)}.", "ends_on")
    spell.ends_on = ends_on
    spell.save(update_fields=["ends_on"])
    label = PathwaySpell.Pathway(spell.pathway).label
    _tell(actor, spell, f"{label} pathway until {day_in_words(ends_on)}")
    return spell


def _tell(actor: Actor, spell: PathwaySpell, summary: str) -> None:
    write_chronology(
        actor=actor,
        pupil=spell.pupil,
        kind=EntryKind.MOVE,
        information_class=InformationClass.PUPIL,
        summary=summary,
        detail=spell.note,
        url=f"/pupils/{spell.pupil_id}/people/",
        is_shared=True,
    )
    audit.record(
        actor=actor,
        kind="pathway.recorded",
        subject=f"pathway {spell.pk}",
        pupil_ids=[spell.pupil_id],
    )


@transaction.atomic
def record_condition(
    *,
    actor: Actor,
    pupil: Pupil,
    name: str,
    state: Condition.State,
    source: str,
    said_on: date,
    note: str = "",
    replaces: Condition | None = None,
) -> Condition:
    """What somebody diagnosed or suspects. A later word replaces the one before and keeps it."""
    require(policy.record_condition(actor))
    if said_on > actor.today:
        raise Problem("This day has not come yet.", "said_on")
    if said_on < pupil.born_on:
        raise Problem(f"{pupil.forename} was not born yet. Check the year.", "said_on")
    if replaces and Condition.objects.filter(replaces=replaces).exists():
        raise Problem("Somebody recorded what came of this already.", "state")
    condition = Condition.objects.create(
        pupil=pupil,
        name=" ".join(name.split()),
        state=state,
        source=source.strip(),
        said_on=said_on,
        note=note.strip(),
        replaces=replaces,
        recorded_by_id=actor.staff_id,
    )
    write_chronology(
        actor=actor,
        pupil=pupil,
        kind=EntryKind.ASSESSMENT,
        information_class=InformationClass.HEALTH_AND_SEND,
        summary=f"{condition.name}: {state.label.lower()} by {condition.source}"[:300],
        detail=condition.note,
        occurred_at=timezone.make_aware(datetime.combine(said_on, time(12)))
        if said_on < actor.today
        else None,
        url=f"/pupils/{pupil.pk}/people/",
    )
    audit.record(
        actor=actor,
        kind="condition.recorded",
        subject=f"condition {condition.pk}",
        pupil_ids=[pupil.pk],
        detail={"state": state},
    )
    return condition
