"""What the county's team tells itself and passes round: news, cover, views on a case, and ladders of
pupils whom only their schools support."""

from datetime import date, timedelta

from django.db import models

from alongside.cases.models import (
    Announcement,
    Behaviour,
    CaseComment,
    Cover,
    Escalation,
    Judgement,
    PriorityOverride,
    Task,
    Whereabouts,
    WorkerProfile,
)
from alongside.ops.seed.county_copy import Copier
from alongside.ops.seed.county_people import AREAS, Child, County, Work
from alongside.ops.seed.county_work import moment
from alongside.pathways.models import Stage, Standing
from alongside.people.models import Involvement

TABLES: tuple[type[models.Model], ...] = (
    Behaviour, CaseComment, Judgement, PriorityOverride, Escalation,
)  # fmt: skip
ANNOUNCED_WEEKS = 20
COVERS_EACH = 3  # Of each area, past ones and one in force.
COMMENT_SHARE, JUDGEMENT_SHARE, OVERRIDE_SHARE, ESCALATION_SHARE = 5, 25, 40, 50
ON_A_LADDER_SHARE = 18  # One in so many pupils without a case stands on a stage of the school's.


def fill(copier: Copier, county: County, today: date) -> None:
    _news(copier, county, today)
    _people(copier, county, today)
    _covers(copier, county, today)
    worked = [work for work in county.cases if not work.is_waiting]
    _views(copier, county, [work for work in worked if not work.closed_on], today)
    _behaviours(copier, worked)
    _of_the_team(copier, county, today)
    _standings(copier, county, today)


def _news(copier: Copier, county: County, today: date) -> None:
    copier.copy(
        Announcement,
        "place title text starts_on ends_on written_by",
        (
            (county.ground.places[place].pk, "Network meeting", "Bring one case to talk through.",
             starts_on, starts_on + timedelta(days=6), county.supervisor_id)
            for week in range(ANNOUNCED_WEEKS) for place in ("team", *AREAS)
            for starts_on in [today - timedelta(days=7 * week + 2)]
        ),
    )  # fmt: skip


def _people(copier: Copier, county: County, today: date) -> None:
    workers = [staff_id for area in AREAS for staff_id in county.workers[area]]
    copier.copy(
        WorkerProfile,
        "staff most_cases set_by",
        ((staff_id, 20 + staff_id % 10, county.supervisor_id) for staff_id in workers),
    )
    kinds = Whereabouts.Kind.values
    copier.copy(
        Whereabouts,
        "staff on kind note set_by",
        (
            (staff_id, today + timedelta(days=day), kinds[(staff_id + day) % len(kinds)], "",
             staff_id)
            for staff_id in workers for day in range(5)
        ),
    )  # fmt: skip


def _covers(copier: Copier, county: County, today: date) -> None:
    """The first of each area covers for somebody now, and reaches that caseload meanwhile."""
    covers, rows = [], []
    for area in AREAS:
        first, *others = county.workers[area]
        for turn, covered in enumerate(others[:COVERS_EACH]):
            starts_on = today - timedelta(days=30 * turn + 2)
            covers.append(
                (covered, first, starts_on, starts_on + timedelta(days=7), "On a course",
                 county.supervisor_id)
            )  # fmt: skip
        covered_now = others[0] if others else None
        rows += [
            (w.child.id, first, "COVER", today - timedelta(days=2), today + timedelta(days=5),
             today + timedelta(days=5), f"C-{w.id:05d}")
            for w in county.cases if not w.closed_on and w.lead_id == covered_now
        ]  # fmt: skip
    copier.copy(Cover, "staff covered_by starts_on ends_on reason set_by", covers)
    copier.copy(Involvement, "pupil staff capacity starts_on ends_on access_ends_on reason", rows)


def _views(copier: Copier, county: County, open_: list[Work], today: date) -> None:
    supervisor_id = county.supervisor_id
    copier.copy(
        PriorityOverride,
        "case priority reason set_on until set_by",
        (
            (w.id, "HIGH", "A move between homes is coming", w.opened_on,
             today + timedelta(days=20), supervisor_id)
            for w in open_[::OVERRIDE_SHARE]
        ),
    )  # fmt: skip
    copier.copy(
        CaseComment,
        "case text written_by",
        ((w.id, "Well done with the first visit.", supervisor_id) for w in open_[::COMMENT_SHARE]),
    )
    copier.copy(
        Judgement,
        "case facts options decision rationale consulted information_class recorded_by",
        (
            (w.id, "Two versions of Tuesday were told.", "Wait; or meet all three.", "Meet.",
             "Everybody is heard at once.", "Supervisor", "C3", w.lead_id)
            for w in open_[::JUDGEMENT_SHARE]
        ),
    )  # fmt: skip
    copier.copy(
        Escalation,
        "kind case pupil school recorded_by asked words answer_by",
        (
            ("SCOPE", w.id, w.child.id, w.child.school_id, w.lead_id, supervisor_id,
             "The school asks for more hours than the plan has.", today + timedelta(days=3))
            for w in open_[::ESCALATION_SHARE]
        ),
    )  # fmt: skip


def _behaviours(copier: Copier, worked: list[Work]) -> None:
    copier.copy(
        Behaviour,
        "case name occasion frequency severity seen_on source recorded_by",
        (
            (w.id, "Leaves the room", occasion, most, most - 1, day, "Class teacher", w.lead_id)
            for w in worked
            for occasion, day, most in (("REFERRAL", w.opened_on, 4), ("EXIT", w.closed_on, 1))
            if day
        ),
    )


def _of_the_team(copier: Copier, county: County, today: date) -> None:
    """Tasks that a whole area tracks together."""
    copier.copy(
        Task,
        "owner text why due_on source made_by team is_priority",
        (
            (staff_id, "Send the term’s figures of the area", "Asked for by the committee",
             today + timedelta(days=staff_id % 20 - 4), "", county.supervisor_id,
             county.ground.places[area].pk, staff_id % 5 == 0)
            for area in AREAS for staff_id in county.workers[area][:12]
        ),
    )  # fmt: skip


def _standings(copier: Copier, county: County, today: date) -> None:
    """On the first stages of the ladder, which schools run by themselves."""
    stages = list(
        Stage.objects.using("owner")
        .filter(framework_id=county.framework_id)
        .order_by("order")
        .values_list("pk", flat=True)
    )
    with_case = {work.child.id for work in county.cases}
    copier.copy(
        Standing,
        "pupil stage created_at starts_on ends_on reason moved_by review_on",
        (
            (child.id, stage_id, moment(day), day, ends_on, "Asked for by the school",
             county.supervisor_id, ends_on or day + timedelta(days=60))
            for child in county.children[::ON_A_LADDER_SHARE] if child.id not in with_case
            for stage_id, day, ends_on in _climb(child, stages, today)
        ),
    )  # fmt: skip


def _climb(child: Child, stages: list[int], today: date) -> list[tuple[int, date, date | None]]:
    """Half have moved from the first stage to the second."""
    first = today - timedelta(days=child.id % 200 + 40)
    if child.id % 2:
        return [(stages[0], first, None)]
    second = first + timedelta(days=30)
    return [(stages[0], first, second), (stages[1], second, None)]
