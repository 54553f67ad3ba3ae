"""What referral screens print: sections, the criteria panel, what was told, papers and steps."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from alongside.core.models import StoredFile
from alongside.pathways.models import Criterion
from alongside.people.models import Pupil
from alongside.people.queries.rows import day_from
from alongside.referrals.criteria import SECTION_OF, Found, likely_result, met_of
from alongside.referrals.models import (
    CameBy,
    CriterionAnswer,
    Evidence,
    Referral,
    ReferralState,
    SentRound,
    Wait,
    Worry,
)
from alongside.referrals.policy import TRANSITIONS
from alongside.rules.ages import year_group_in_words
from alongside.rules.dates import dated
from alongside.rules.words import day_in_words
from alongside.web.dates import as_day
from alongside.web.forms.renderer import Mistake
from alongside.web.referrals.writing import Writing
from alongside.web.templatetags.alongside import day

STATE_SHAPES = {
    ReferralState.SENT: "soon",
    ReferralState.SCREENING: "info",
    ReferralState.RETURNED: "overdue",
    ReferralState.WAITING: "soon",
    ReferralState.ACCEPTED: "met",
    ReferralState.DECLINED: "declined",
    ReferralState.SIGNPOSTED: "declined",
    ReferralState.WITHDRAWN: "waiting",
}
STATE_WORDS = {
    ReferralState.SENT: "Received",
    ReferralState.SCREENING: "Being screened",
    ReferralState.RETURNED: "Returned",
    ReferralState.WAITING: "Waiting list",
    ReferralState.ACCEPTED: "Accepted",
    ReferralState.DECLINED: "Declined",
    ReferralState.SIGNPOSTED: "Signposted",
    ReferralState.WITHDRAWN: "Withdrawn",
}
FINDING_SHAPES = {"MET": "met", "NOT_YET": "soon", "CANNOT_TELL": "waiting"}
STEP_LABELS = {name: step.label for name, step in TRANSITIONS.items()} | {
    "move": "Moved with the pupil"
}
SECTIONS = {
    "pupil": "The pupil",
    "happening": "What is happening",
    "tried": "What has been tried",
    "family": "Family",
    "papers": "Papers",
}
# The fields of each section, to count what is to be fixed where.
FIELDS = {
    "pupil": ("framework",),
    "happening": ("main_worry", "days_suspended", "last_incident", "going_well"),
    "family": ("agreed_by", "agreed_on", "agreed_how"),
    "papers": ("papers",),
}


def who(pupil: Pupil, school: str) -> str:
    return ", ".join(p for p in (pupil.name, year_group_in_words(pupil.year_group), school) if p)


def criteria_panel(found: Sequence[Found], form_url: str = "") -> dict[str, Any]:
    """components/criteria.html: each unmet one links to the section that would meet it."""
    met, needed = met_of(found)
    return {
        "met": met,
        "needed": needed,
        "line": likely_result(found),
        "items": [
            {
                "state": FINDING_SHAPES[f.finding],
                "text": f.criterion.text,
                "note": f.note,
                "url": f"{form_url}#{f.section}" if f.link else "",
                "link": f.link,
            }
            for f in found
        ],
    }


def sections(
    writing: Writing, found: Sequence[Found], shows_mistakes: bool
) -> list[dict[str, Any]]:
    """components/sections.html: how each part of the form stands."""
    names = [n for n in SECTIONS if writing.only is None or n in writing.only]
    return [
        {
            "title": f"{number} {SECTIONS[name]}",
            "url": f"#{name}",
            **_standing(name, writing, found, shows_mistakes),
        }
        for number, name in enumerate(names, 1)
    ]


def _standing(
    name: str, writing: Writing, found: Sequence[Found], shows_mistakes: bool
) -> dict[str, str]:
    wrong = _mistakes_in(name, writing) if shows_mistakes else 0
    if wrong and writing.is_in_doubt:
        return {"state": "soon", "note": "Look again"}
    if wrong:
        return {"state": "overdue", "note": f"{wrong} thing{'s' if wrong > 1 else ''} to fix"}
    tell = writing.tell
    if name == "pupil":
        return {"state": "met", "note": "Complete"}
    if name == "happening":
        is_done = bool(tell.get("main_worry") and tell.get("last_incident"))
        return _done(is_done, "Complete")
    if name == "tried":
        reviewed = sum(bool(c.get("reviewed_on")) for c in writing.cycles)
        told = f"{len(writing.cycles)} tried, {reviewed} reviewed"
        state = "met" if all(f.finding == "MET" for f in found if f.section == "tried") else "soon"
        return {"state": state, "note": told} if writing.cycles else _done(False, "")
    if name == "family":
        on = tell.get("agreed_on")
        return _done(bool(on), f"Agreed {dated(on)}" if on else "")
    count = len(writing.paper_ids)
    return _done(bool(count), f"{count} attached")


def _done(is_done: bool, note: str) -> dict[str, str]:
    return (
        {"state": "met", "note": note} if is_done else {"state": "waiting", "note": "Not started"}
    )


def _mistakes_in(name: str, writing: Writing) -> int:
    if name == "tried":
        return sum(len(errors) for errors in writing.sent_rows.errors)
    return sum(len(writing.sent.errors.get(field, ())) for field in FIELDS[name])


def summary(mistakes: Iterable[Mistake]) -> list[dict[str, Any]]:
    return [{"text": m.text, "href": m.href, "is_doubt": m.is_doubt} for m in mistakes]


def kept_papers(
    files: Iterable[StoredFile], writing: Writing, attached: Iterable[Evidence] = ()
) -> list[dict[str, Any]]:
    """referrals/papers.html: papers being added and those already sent, with what each may be."""
    criteria = writing.framework.criteria.all()
    asked = [c for c in criteria if c.shown_by == Criterion.ShownBy.EVIDENCE]
    papers = [(p.file, p.what, p.shows_id, True) for p in attached]
    return [
        {
            "id": file.pk,
            "name": name,
            "kind": kind_of(file.content_type),
            "size": size_of(file.size),
            "is_attached": is_attached,
            "shows": writing.papers_show.get(file.pk, shows),
            "asked": asked,
        }
        for file, name, shows, is_attached in papers + [(f, f.name, None, False) for f in files]
    ]


def asked_for(missing: Iterable[CriterionAnswer], writing: Writing) -> dict[str, Any]:
    """referrals/again.html: what came back, item by item, and what the school says to it."""
    return {
        "missing": [
            {
                "id": item.criterion_id,
                "text": item.criterion.text,
                "note": item.note or item.criterion.guidance,
                "do_by": item.do_by,
                "section": SECTION_OF[Criterion.ShownBy(item.criterion.shown_by)],
                "where": SECTIONS[SECTION_OF[Criterion.ShownBy(item.criterion.shown_by)]],
                "box": writing.beside.box(item.criterion_id),
            }
            for item in missing
        ]
    }


def size_of(size: int) -> str:
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, size // 1024)} KB"


def kind_of(content_type: str) -> str:
    return KINDS.get(content_type.split(";")[0], "File")


def papers(referral: Referral, found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """components/attachments.html."""
    return [
        {
            "name": paper["what"],
            "url": f"/referrals/{referral.pk}/papers/{paper['id']}/",
            "kind": kind_of(paper["content_type"]),
            "size": size_of(paper["size"]),
            "note": f"Sent as: {paper['shows']}" if paper.get("shows") else "",
            "by": paper["by"],
            "on": paper["created_at"],
        }
        for paper in found
    ]


KINDS = {
    "application/pdf": "PDF",
    "image/png": "Picture",
    "image/jpeg": "Picture",
    "text/plain": "Text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
}


def told(referral: Referral, around: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """The variables of referrals/told.html."""
    is_call = referral.came_by == CameBy.CALL
    return {
        "told_title": "What was said on the telephone" if is_call else "What the school wrote",
        "rows": told_rows(referral),
        "table": tried_table(around["tried"]),
        "papers": papers(referral, around["papers"]),
    }


def told_before(
    referral: Referral, sent: SentRound, now: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The variables of referrals/told.html for a round that is past, as it was sent."""
    was = Referral(**{**sent.told, "agreed_on": day_from(sent.told["agreed_on"])})
    days = ("starts_on", "ends_on", "reviewed_on")
    tried = [row | {name: day_from(row[name]) for name in days} for row in sent.tried]
    return {
        "rows": told_rows(was),
        "table": tried_table(tried),
        "papers": papers(referral, [p for p in now if p["id"] in sent.paper_ids]),
        "on": sent.sent_at,
    }


def told_rows(referral: Referral) -> list[dict[str, str]]:
    """components/summary_list.html: what the school wrote."""
    days = referral.days_suspended
    agreed = "Not yet"
    if referral.agreed_on:
        agreed = f"{referral.agreed_by}, {day_in_words(referral.agreed_on)}. {referral.agreed_how}"
    is_call = referral.came_by == CameBy.CALL
    called = [
        {"label": "Who rang", "value": f"{referral.caller_name}, {referral.caller_role}"},
        {"label": "How to ring back", "value": referral.caller_contact or "Not said"},
    ]
    return [
        *(called if is_call else []),
        {"label": "Main worry", "value": referral.get_main_worry_display()},
        {
            "label": "What they said" if is_call else "The last incident",
            "value": referral.last_incident,
        },
        {"label": "What is going well", "value": referral.going_well or "Not said"},
        {
            "label": "Suspended this year",
            "value": "Not said" if days is None else days_in_words(days),
        },
        {"label": "Parent or carer agreed", "value": agreed},
    ]


def days_in_words(days: Any) -> str:
    """1 day, 2.5 days."""
    return f"{float(days):g} {'day' if float(days) == 1 else 'days'}"


def tried_table(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Cycles as components/table.html. A row is a mapping with the fields of a cycle."""
    return {
        "caption": "Assess, plan, do, review",
        "columns": [{"label": n} for n in ("Cycle", "What you did", "What changed", "Review")],
        "rows": [
            {
                "cells": [
                    {"text": _span(row)},
                    {"text": row["what"]},
                    {"text": row["changed"] or "–"},
                    {
                        "tag": True,
                        "state": "met" if row["reviewed_on"] else "soon",
                        "text": f"Reviewed {dated(row['reviewed_on'])}"
                        if row["reviewed_on"]
                        else "No review",
                    },
                ]
            }
            for row in rows
        ],
    }


def _span(row: Mapping[str, Any]) -> str:
    starts, ends = row["starts_on"], row["ends_on"]
    until = f"to {dated(ends)}" if ends else "on"
    return f"{dated(starts)} {until}"


def answers(
    referral: Referral, criteria: Iterable[Any], given: Mapping[int, CriterionAnswer]
) -> list[dict[str, Any]]:
    """Each criterion with what the screener found."""
    rows = []
    for criterion in criteria:
        found = given.get(criterion.pk)
        rows.append(
            {
                "text": criterion.text,
                "state": FINDING_SHAPES[found.finding] if found else "waiting",
                "word": found.get_finding_display() if found else "Not answered",
                **_words_of(criterion, found),
                "do_by": found.do_by if found else None,
                "by": found.answered_by.name if found else "",
            }
        )
    return rows


def _words_of(criterion: Any, found: CriterionAnswer | None) -> dict[str, str]:
    """What was noted, and what would meet it: said once where the note is just that."""
    if found is None:
        return {"note": "", "guidance": ""}
    guidance = "" if found.finding == "MET" else criterion.guidance
    is_same = found.note.strip() == guidance.strip()
    return {"note": "" if is_same else found.note, "guidance": guidance}


def steps(taken: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every step with its day, who and why, latest first."""
    return [
        {
            "on": as_day(step["created_at"]),
            "label": STEP_LABELS[step["name"]],
            "round": step["round"],
            "by": step["by"],
            "reason": step["reason"],
        }
        for step in taken
    ]


def waits_words(waits: Sequence[Mapping[str, Any]], today: date) -> dict[str, Any] | None:
    """The panel of a referral that waits: what for, since when, and until when."""
    if not waits:
        return None
    wait = waits[0]
    return {
        "waits_for": Wait.For(wait["waits_for"]).label,
        "note": wait["note"],
        "since": wait["starts_on"],
        "expected_on": wait["expected_on"],
        "is_late": wait["expected_on"] < today,
    }


def sent_line(referral: Referral) -> str:
    again = "" if referral.round == 1 else f", round {referral.round}"
    area = f", {referral.area.name}" if referral.area else ""
    if referral.came_by == CameBy.CALL:
        return (
            f"{referral.caller_name}, {referral.caller_role}, rang {referral.service.name}{area}. "
            f"Taken {day(referral.sent_at)} by {referral.sent_by.name}{again}"
        )
    return (
        f"{referral.school.name} to {referral.service.name}{area}. "
        f"Sent {day(referral.sent_at)} by {referral.sent_by.name}{again}"
    )


def in_words(name: str, value: Any) -> str:
    """A typed value as a person reads it."""
    if value in (None, ""):
        return "Not said"
    if name == "main_worry":
        return str(Worry(value).label)
    if name == "agreed_on":
        return day_in_words(value)
    return f"{float(value):g}" if name == "days_suspended" else str(value)
