"""Learning gaps of the curriculum's list or in words, and the child's needs in national categories."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from alongside.assessments import policy
from alongside.assessments.actions.common import audited, one_line, require_day, write_line
from alongside.assessments.models import Need, SendNeeds
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people.actions.sen import set_sen
from alongside.people.models import EntryKind, Pupil, SenProvision
from alongside.rules.ages import year_group_in_words
from alongside.rules.curriculum import BY_KEY, Objective
from alongside.rules.send import SEN_TYPES, problem_with
from alongside.rules.words import count_of


@transaction.atomic
def record_gaps(
    *,
    actor: Actor,
    pupil: Pupil,
    objectives: Sequence[str],
    source: str,
    found_on: date,
    own_words: str = "",
    subject: str = "",
    year_group: str = "",
    is_shared: bool = True,
) -> list[Need]:
    """Each objective chosen is a gap, and so is what was written in words. One known is not doubled."""
    require(policy.record(actor, pupil))
    require_day(actor, pupil, found_on, "found_on")
    if not source.strip():
        raise Problem("Say how you know: a test, a piece of work, what was seen.", "source")
    chosen = [_objective(key) for key in dict.fromkeys(objectives)]
    known = set(
        Need.objects.filter(pupil=pupil, kind=Need.Kind.LEARNING_GAP, ended_on=None).values_list(
            "objective", flat=True
        )
    )
    facts = [(o.key, o.text, o.subject, o.year) for o in chosen if o.key not in known]
    if text := one_line(own_words)[:500]:
        facts.append(("", text, subject, year_group))
    if not facts:
        raise Problem("Choose what is not learnt yet, or write it. Gaps known stay.", "objectives")
    gaps = Need.objects.bulk_create(
        Need(
            pupil=pupil,
            kind=Need.Kind.LEARNING_GAP,
            objective=key,
            text=text,
            subject=of,
            year_group=year,
            area=f"{of}, {year_group_in_words(year)}".strip(", "),
            source=one_line(source)[:120],
            recorded_on=found_on,
            recorded_by_id=actor.staff_id,
            is_shared=is_shared,
        )
        for key, text, of, year in facts
    )
    write_line(
        actor,
        pupil,
        EntryKind.ASSESSMENT,
        InformationClass.CASEWORK,
        f"{count_of(len(gaps), 'learning gap')} found: {gaps[0].area}",
        on=found_on,
        detail="; ".join(gap.text for gap in gaps),
        is_shared=is_shared,
    )
    audited(actor, "gaps.recorded", f"need {gaps[0].pk}", pupil, gaps=len(gaps))
    return gaps


def _objective(key: str) -> Objective:
    if key not in BY_KEY:
        raise Problem("Choose from the list.", "objectives")
    return BY_KEY[key]


@transaction.atomic
def record_send_needs(
    *,
    actor: Actor,
    pupil: Pupil,
    primary: str,
    secondary: str = "",
    note: str = "",
    needs: Sequence[Need] = (),
    provision: str = "",
    registered_on: date | None = None,
) -> SendNeeds:
    """Primary and secondary need with the barriers that go with them. The earlier answer is kept.

    The SENDCo says with them where the child stands on the school's register.
    """
    pupil = hold(Pupil, pupil.pk)
    require(policy.record_send(actor, pupil))
    if problem := problem_with(primary, secondary):
        raise Problem(problem, "secondary" if primary in SEN_TYPES else "primary")
    SendNeeds.objects.filter(pupil=pupil, ended_on=None).update(ended_on=actor.today)
    recorded = SendNeeds.objects.create(
        pupil=pupil,
        primary=primary,
        secondary=secondary,
        note=one_line(note)[:300],
        need_ids=sorted(need.pk for need in needs),
        recorded_on=actor.today,
        recorded_by_id=actor.staff_id,
    )
    _keep_register(actor, pupil, provision, registered_on)
    set_sen(actor=actor, pupil=pupil, provision=provision, primary=primary)
    second = f"; second: {SEN_TYPES[secondary].lower()}" if secondary else ""
    write_line(
        actor,
        pupil,
        EntryKind.ASSESSMENT,
        InformationClass.PUPIL,
        f"Main need recorded: {SEN_TYPES[primary].lower()}{second}",
        detail=recorded.note,
        is_shared=True,
    )
    audited(actor, "send.recorded", f"send needs {recorded.pk}", pupil, primary=primary)
    return recorded


def _keep_register(actor: Actor, pupil: Pupil, provision: str, registered_on: date | None) -> None:
    """A line for every change of the register; whoever is put on it has the day."""
    before = pupil.sen_provision or SenProvision.NONE
    if provision in ("", before):
        if registered_on:
            raise Problem("Only a child put on the register now has this day.", "registered_on")
        return
    require(policy.keep_register(actor, pupil))
    is_new = before == SenProvision.NONE
    if is_new and not registered_on:
        raise Problem("Say on which day the child was put on the register.", "registered_on")
    if registered_on and not is_new:
        raise Problem("Only a child put on the register now has this day.", "registered_on")
    if registered_on:
        require_day(actor, pupil, registered_on, "registered_on")
    write_line(
        actor,
        pupil,
        EntryKind.ASSESSMENT,
        InformationClass.PUPIL,
        _said_of_register(provision, is_new),
        on=registered_on,
        is_shared=True,
    )


def _said_of_register(provision: str, is_new: bool) -> str:
    if provision == SenProvision.NONE:
        return "Taken off the SEND register"
    label = SenProvision(provision).label
    return f"Put on the SEND register: {label}" if is_new else f"SEND register changed: {label}"
