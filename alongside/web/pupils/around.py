"""The tab of family and people, in the words of its template."""

from typing import Any

from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.people import policy
from alongside.people.models import (
    Carer,
    Condition,
    Enrolment,
    Involvement,
    PathwaySpell,
    Professional,
    Pupil,
)
from alongside.people.queries.around import Around, lines_of
from alongside.people.queries.rows import day_from, moment_from
from alongside.rules.ages import year_group_in_words
from alongside.rules.words import day_in_words

PARENTAL = {True: "Parental responsibility", False: "No parental responsibility", None: ""}


def shown(actor: Actor, pupil: Pupil, around: Around, ask: str) -> dict[str, object]:
    """Contact details are casework: a school keeps its own, and sees names and relations here."""
    details = actor.reads_casework
    may_edit = bool(policy.edit_pupil(actor))
    base = f"/pupils/{pupil.pk}/people/"
    edit = base if may_edit else ""
    now = [c for c in around.carers if c.ends_on is None or c.ends_on >= actor.today]
    return {
        "may_edit": may_edit,
        "base": base,
        "core_url": f"{base}change/",
        "carers": [_carer(c, details, edit) for c in now if not c.is_do_not_contact],
        "not_to_contact": [_carer(c, details, edit) for c in now if c.is_do_not_contact],
        "former_carers": [c.name for c in around.carers if c not in now],
        "professionals": [
            _professional(actor, p, base if may_edit else "")
            for p in around.professionals
            if details
        ],
        "social_worker": _social_worker(actor, around, ask),
        "staff": [_involvement(actor, i) for i in around.involvements],
        "enrolments": [_enrolment(actor, e, base if may_edit else "") for e in around.enrolments],
        "latest": _undo(around, base if may_edit else ""),
        "is_on_roll": any(_is_standing(actor, e) for e in around.enrolments),
        "addresses": _addresses(actor, around, ask, details),
        "flags": [
            {
                "text": flag.text,
                "weight": flag.get_weight_display(),
                "since": flag.starts_on,
                "end_url": f"{base}flags/{flag.pk}/end/" if policy.end_flag(actor, flag) else "",
            }
            for flag in around.flags
            if flag.weight != "RESTRICTED" or InformationClass.SAFEGUARDING in actor.reads
        ],
        "core": _core(pupil),
    }


def needs_shown(
    actor: Actor, pupil: Pupil, found: dict[str, list[dict[str, Any]]]
) -> dict[str, object]:
    """`conditions` is None for who does not read health records: not even an empty panel."""
    base = f"/pupils/{pupil.pk}/people/"
    may_end = bool(policy.edit_pupil(actor))
    may_record = bool(policy.record_condition(actor))
    conditions = found.get("conditions")
    return {
        "pathways": [_spell(actor, row, base if may_end else "") for row in found["pathways"]],
        "conditions": None
        if conditions is None
        else [
            _condition(row, base if may_record else "")
            for row in sorted(conditions, key=lambda row: row["replaced_by"] is not None)
        ],
    }


def _spell(actor: Actor, row: dict[str, Any], base: str) -> dict[str, object]:
    until = day_from(row["ends_on"])
    return {
        "name": PathwaySpell.Pathway(row["pathway"]).label,
        "since": day_from(row["starts_on"]),
        "until": until,
        "is_over": until is not None and until < actor.today,
        "note": row["note"],
        "end_url": f"{base}pathways/{row['id']}/end/" if base and until is None else "",
    }


def _condition(row: dict[str, Any], base: str) -> dict[str, object]:
    is_replaced = row["replaced_by"] is not None
    state = Condition.State(row["state"])
    return {
        "name": row["name"],
        "state": state.label.lower(),
        "icon": {"DIAGNOSED": "tick", "SUSPECTED": "note"}.get(state.value, "declined"),
        "source": row["source"],
        "on": day_from(row["said_on"]),
        "note": row["note"],
        "is_replaced": is_replaced,
        "follow_url": f"{base}conditions/{row['id']}/" if base and not is_replaced else "",
    }


def _core(pupil: Pupil) -> list[dict[str, str]]:
    legal = f"{pupil.legal_forename} {pupil.legal_surname}"
    known = [
        ("Legal name", legal),
        ("Goes by", pupil.name if pupil.name != legal else ""),
        ("Pronouns", pupil.pronouns),
        ("Date of birth", day_in_words(pupil.born_on)),
        ("Unique pupil number", pupil.upn),
        ("Earlier number", pupil.former_upn),
        ("Year group", year_group_in_words(pupil.year_group)),
        ("First language", pupil.first_language),
        ("Special educational needs", pupil.get_sen_provision_display()),
        ("Main need", pupil.sen_need),
    ]
    return [{"label": label, "value": value} for label, value in known if value]


def _carer(carer: Carer, details: bool, base: str) -> dict[str, object]:
    facts = [PARENTAL[carer.has_parental_responsibility]]
    if carer.needs_interpreter:
        facts.append(f"Needs an interpreter{f' ({carer.language})' if carer.language else ''}")
    reach = []
    if details and not carer.is_do_not_contact:
        reach = [carer.phone, carer.email, carer.contact_note]
    return {
        "name": carer.name,
        "relationship": carer.relationship,
        "is_do_not_contact": carer.is_do_not_contact,
        "facts": [fact for fact in facts if fact],
        "reach": [part for part in reach if part],
        "edit_url": f"{base}carers/{carer.pk}/" if base else "",
    }


def _professional(actor: Actor, person: Professional, base: str) -> dict[str, object]:
    has_ended = person.ends_on is not None and person.ends_on < actor.today
    return {
        "name": person.name,
        "role": ", ".join(part for part in (person.profession, person.agency) if part),
        "reach": [part for part in (person.phone, person.email, person.note) if part],
        "is_restricted": person.information_class == InformationClass.SAFEGUARDING,
        "ended_on": person.ends_on if has_ended else None,
        "end_url": f"{base}professionals/{person.pk}/end/" if base and not has_ended else "",
    }


def _social_worker(actor: Actor, around: Around, ask: str) -> str:
    """Said only when there is one whom this actor may know of and not read."""
    has_flag = any(flag.kind == "SOCIAL_WORKER" for flag in around.flags)
    is_read = any(p.information_class == "C5" for p in around.professionals)
    return f"Social worker: restricted. Ask {ask}." if has_flag and not is_read else ""


def _involvement(actor: Actor, involvement: Involvement) -> dict[str, object]:
    who = involvement.staff or involvement.place
    return {
        "name": who.name if who else "",
        "role": involvement.get_capacity_display(),
        "since": involvement.starts_on,
        "until": involvement.ends_on,
    }


def _undo(around: Around, base: str) -> dict[str, object] | None:
    """The latest change of schools with its undo, for who may; another is undone after it."""
    change = getattr(around.enrolments[0], "latest_change", None) if around.enrolments else None
    if change is None or not base:
        return None
    return {
        "what": change["what"],
        "by": change["by"],
        "on": moment_from(change["at"]),
        "url": f"{base}schools/changes/{change['id']}/undo/",
    }


def _is_standing(actor: Actor, enrolment: Enrolment) -> bool:
    return enrolment.ends_on is None or enrolment.ends_on >= actor.today


def _enrolment(actor: Actor, enrolment: Enrolment, base: str) -> dict[str, object]:
    at = f"{base}schools/{enrolment.pk}/" if base else ""
    return {
        "correct_url": f"{at}correct/" if at else "",
        "leave_url": f"{at}leave/" if at and _is_standing(actor, enrolment) else "",
        "is_to_come": enrolment.starts_on > actor.today,
        "is_over": not _is_standing(actor, enrolment),
        "group": enrolment.registration_group,
        "name": enrolment.school.name,
        "url": f"/schools/{enrolment.school_id}/",
        "role": enrolment.get_status_display(),
        "since": enrolment.starts_on,
        "until": enrolment.ends_on,
    }


def _addresses(actor: Actor, around: Around, ask: str, details: bool) -> list[dict[str, object]]:
    if not details:
        return []
    shown: list[dict[str, object]] = [
        {
            "text": ", ".join(lines_of(a)),
            "since": a.starts_on,
            "until": a.ends_on,
            "is_concealed": a.is_concealed,
        }
        for a in around.addresses
    ]
    hidden = any(f.kind == "CONCEALED_ADDRESS" for f in around.flags)
    if hidden and not any(a.is_concealed for a in around.addresses):
        return [{"text": f"Concealed. Ask {ask}.", "is_concealed": True}]
    return shown
