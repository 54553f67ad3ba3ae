"""Who has a part in a plan: adds them, keeps their own section, their notes, an agency's answer."""

from datetime import date

from django.db import transaction

from alongside.core.actor import Actor
from alongside.core.decisions import Problem, Refused, require
from alongside.core.models import Staff
from alongside.core.prepared import hold
from alongside.people.models import EntryKind
from alongside.plans import joining
from alongside.plans.actions.shared import leave_trace, locked, tell
from alongside.plans.models import Agreement, Contributor, Party, Plan, PlanNote
from alongside.plans.people import people_to_join
from alongside.rules.words import day_in_words


@transaction.atomic
def add_contributor(
    *,
    actor: Actor,
    plan: Plan,
    party: Party,
    name: str,
    role: str = "",
    staff: Staff | None = None,
    is_shared: bool = True,
) -> Contributor:
    """Somebody has a part in the plan. Who signs in is told, and writes their section themselves."""
    plan = locked(plan)
    require(joining.add_contributor(actor, plan))
    if staff and staff.pk not in {one.pk for one in people_to_join(actor, plan)}:
        raise Problem("Choose somebody who is involved with this pupil.", "staff")
    if Contributor.objects.filter(plan=plan, party=party, name=name).exists():
        raise Problem(f"{name} has a part in this plan already.", "name")
    made = Contributor.objects.create(
        plan=plan,
        party=party,
        name=name,
        role=role,
        staff=staff,
        is_shared=is_shared,
        added_by_id=actor.staff_id,
    )
    if staff:
        tell(plan, [staff.pk], "plan.joined", "You have a part in a plan: write your section.")
    leave_trace(
        actor,
        plan,
        "plan.contributor_added",
        f"{made} has a part in plan {plan.number}" if is_shared else "",
        is_shared=is_shared,
        detail={"contributor": made.pk, "party": party},
    )
    return made


@transaction.atomic
def remove_contributor(*, actor: Actor, contributor: Contributor) -> Plan:
    """Somebody added by mistake, who has neither written nor answered."""
    plan = locked(contributor.plan)
    contributor.plan = plan
    require(joining.remove_contributor(actor, contributor))
    leave_trace(actor, plan, "plan.contributor_removed", detail={"contributor": contributor.pk})
    contributor.delete()
    return plan


@transaction.atomic
def write_section(
    *, actor: Actor, contributor: Contributor, section: str, version: int, is_shared: bool = True
) -> Contributor:
    """One contributor's own part. Raises `Conflict` when it was saved since `version`."""
    plan = locked(contributor.plan)
    contributor = hold(Contributor, contributor.pk)
    contributor.plan = plan
    require(joining.write_section(actor, contributor))
    contributor.require_version(version)
    if not section.strip():
        raise Problem("Write what they bring to the plan.", "section")
    contributor.section, contributor.is_shared = section.strip(), is_shared
    contributor.written_on, contributor.written_by_id = actor.today, actor.staff_id
    contributor.save(update_fields=["section", "is_shared", "written_on", "written_by", "version"])
    leave_trace(
        actor,
        plan,
        "plan.section_written",
        f"{contributor} wrote a part of plan {plan.number}" if is_shared else "",
        is_shared=is_shared,
        detail={"contributor": contributor.pk, "version": contributor.version},
    )
    return contributor


@transaction.atomic
def add_note(*, actor: Actor, plan: Plan, text: str, is_shared: bool = True) -> PlanNote:
    """How it goes, for whom the writer has a part in the plan. Notes are only added to."""
    plan = locked(plan)
    require(joining.add_note(actor, plan))
    if not text.strip():
        raise Problem("Write how it goes.", "text")
    party = joining.party_of(actor, plan)
    if party is None:
        raise Refused("Whoever has a part in this plan writes notes on it.")
    note = PlanNote.objects.create(
        plan=plan,
        party=party,
        text=text.strip(),
        is_shared=is_shared,
        written_on=actor.today,
        written_by_id=actor.staff_id,
    )
    leave_trace(
        actor,
        plan,
        "plan.note_added",
        f"Note on plan {plan.number}, from {Party(party).label.lower()}",
        entry_kind=EntryKind.PLAN,
        is_shared=is_shared,
        detail={"note": note.pk},
    )
    return note


@transaction.atomic
def answer_for(
    *,
    actor: Actor,
    contributor: Contributor,
    is_agreed: bool,
    how: str,
    agreed_on: date,
    words: str = "",
) -> Agreement:
    """An agency's yes or no. It is shown beside the others', and holds the plan up for nobody."""
    plan = locked(contributor.plan)
    contributor.plan = plan
    require(joining.answer_for(actor, contributor))
    if agreed_on > actor.today:
        raise Problem("This day has not come yet.", "agreed_on")
    if plan.approved_at and agreed_on < min(plan.starts_on, plan.approved_at.date()):
        on = day_in_words(plan.approved_at.date())
        raise Problem(f"The plan was approved on {on}; it could not be agreed before.", "agreed_on")
    if not is_agreed and not words.strip():
        raise Problem("Say in their words what they would want instead.", "words")
    answer, _ = Agreement.objects.update_or_create(
        plan=plan,
        party=Party.AGENCY,
        contributor=contributor,
        defaults={
            "name": contributor.name,
            "is_agreed": is_agreed,
            "how": how,
            "words": words,
            "agreed_on": agreed_on,
            "recorded_by_id": actor.staff_id,
        },
    )
    verb = "agreed to" if is_agreed else "said no to"
    leave_trace(
        actor,
        plan,
        "plan.agreed" if is_agreed else "plan.not_agreed",
        f"{contributor} {verb} plan {plan.number}",
        is_shared=True,
        detail={"party": Party.AGENCY, "contributor": contributor.pk},
    )
    return answer
