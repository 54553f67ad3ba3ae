"""What stands at the top of every screen about a pupil: who, where, with whom, what to mind."""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef

from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.people.models import Capacity, Carer, Enrolment, Flag, Involvement, Pupil
from alongside.people.queries.rows import Found, Lists, day_from, gathered, rows
from alongside.people.queries.safeguarding import asked, may_know_of, names_to_ask
from alongside.rules.ages import age_on, year_group_in_words
from alongside.rules.dates import short_day
from alongside.rules.words import day_in_words, listed
from alongside.schools.models import School

LOOKS = {
    Flag.Weight.ACT: ("act", "soon"),
    Flag.Weight.KNOW: ("know", "info"),
    Flag.Weight.RESTRICTED: ("restricted", "restricted"),
}
# Act on it first; the restricted stand before what is only to be known.
ORDER = [Flag.Weight.ACT, Flag.Weight.RESTRICTED, Flag.Weight.KNOW]
REGISTERS = {
    "C": "On roll and responsible",
    "M": "On roll and responsible (main)",
    "S": "Also taught at (subsidiary)",
    "G": "Guest at",
}


def banner(actor: Actor, pupil: Pupil, found: Found | None = None) -> dict[str, Any]:
    """The variables of components/pupil_banner.html, in one query.

    `found` is what `banner_lists` found, for a caller that gathered it with more. `clocks` is filled by screens, which know of plans; `ask` names whom to ask what is restricted.
    """
    if found is None:
        found = _lists(pupil, today=actor.today)
    ask = asked(found)
    return {
        "name": pupil.name,
        "url": f"/pupils/{pupil.pk}/",
        "who": who(actor, pupil),
        "facts": _places(actor, found["enrolments"]) + _lead(found["leads"]),
        "flags": _avoid(found["avoid"]) + _flags(actor, found["flags"], ask),
        "clocks": [],
        "ask": ask,
    }


def who(actor: Actor, pupil: Pupil) -> str:
    """Year 9 · 13 years 8 months · born 14 March 2013 · he, him."""
    parts = [
        year_group_in_words(pupil.year_group),
        str(age_on(pupil.born_on, actor.today)) if pupil.born_on <= actor.today else "",
        f"born {day_in_words(pupil.born_on)}",
        pupil.pronouns,
    ]
    return " · ".join(part for part in parts if part)


def banner_lists(today: Any) -> Lists:
    mine = {"pupil": OuterRef("pk")}
    enrolments = Enrolment.objects.current(today).filter(**mine).order_by("pk")
    # Who leads today; a lead who left is not shown, though their access lasts some days longer.
    leads = Involvement.objects.filter(
        **mine, capacity=Capacity.LEAD, ends_on=None, starts_on__lte=today
    )
    avoid = Carer.objects.filter(**mine, is_do_not_contact=True).exclude(ends_on__lt=today)
    flags = Flag.objects.filter(**mine, starts_on__lte=today)
    return {
        "enrolments": rows(enrolments, "status", "ends_on", "school_id", school="school__name"),
        "leads": rows(
            leads.order_by("starts_on", "pk"),
            name="staff__name",
            phone="staff__phone",
            email="staff__email",
        ),
        "avoid": rows(avoid.order_by("order", "pk"), "name", "relationship"),
        "flags": rows(flags.exclude(ends_on__lt=today).order_by("pk"), "kind", "weight", "text"),
        **names_to_ask(today),
    }


_lists = gathered(banner_lists)


def _places(actor: Actor, enrolments: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """Dual registration is one record: the responsible school first, then the subsidiary."""
    if not enrolments:
        return [{"label": "On roll", "value": "nowhere that we know of"}]
    shown = []
    for enrolment in sorted(enrolments, key=lambda e: list(REGISTERS).index(e["status"])):
        ends_on = day_from(enrolment["ends_on"])
        until = f", to {short_day(ends_on, actor.today)}" if ends_on else ""
        shown.append(
            {
                "label": REGISTERS[enrolment["status"]],
                "value": f"{enrolment['school']}{until}",
                "url": f"/schools/{enrolment['school_id']}/",
            }
        )
    return shown


def _lead(leads: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    names = [_reached(lead) for lead in leads if lead["name"]]
    if not names:
        return []
    return [{"label": "Lead worker" if len(names) == 1 else "Lead workers", "value": listed(names)}]


def _reached(lead: dict[str, Any]) -> str:
    """Asha Exampleton (01632 960001, asha@example.org): for everybody on the case."""
    ways = ", ".join(filter(None, [lead["phone"], lead["email"]]))
    return f"{lead['name']} ({ways})" if ways else str(lead["name"])


def _avoid(carers: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """Do not contact wins everywhere, so it is read from the carers, never from a flag kept beside."""
    return [
        {
            "word": f"Do not contact {(c['relationship'] or c['name']).strip()}",
            "kind": "act",
            "icon": "declined",
        }
        for c in carers
    ]


def _flags(actor: Actor, flags: Sequence[dict[str, Any]], ask: str) -> list[dict[str, str]]:
    knows = may_know_of(actor, InformationClass.SAFEGUARDING)
    shown = [f for f in flags if knows or f["weight"] != Flag.Weight.RESTRICTED]
    return [
        _flag(actor, flag, ask) for flag in sorted(shown, key=lambda f: ORDER.index(f["weight"]))
    ]


def _flag(actor: Actor, flag: dict[str, Any], ask: str) -> dict[str, str]:
    """A restricted flag says what kind of thing it is and whom to ask; its words are for the cleared."""
    kind, icon = LOOKS[flag["weight"]]
    word = flag["text"]
    if kind == "restricted" and InformationClass.SAFEGUARDING not in actor.reads:
        word = f"{Flag.Kind(flag['kind']).label}: ask {ask}"
    return {"word": word, "kind": kind, "icon": icon}


def schools_now(actor: Actor, pupil: Pupil) -> list[School]:
    """The schools on whose registers the pupil stands today, the responsible one first."""
    current = pupil.enrolments.current(actor.today).select_related("school")  # type: ignore[attr-defined]
    ordered = sorted(current, key=lambda e: (list(REGISTERS).index(e.status), e.pk))
    return [enrolment.school for enrolment in ordered]
