"""What the overview shows of the work with a pupil: profile, targets, ladder, two school years.

Everything is gathered in one query, behind the walls, and drawn without another.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery

from alongside.assessments.models import MeasureResult, Profile
from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.core.reach import Reading
from alongside.fieldwork.models import Session
from alongside.pathways.models import Stage, Standing, identity
from alongside.people.models import MAIN, Enrolment, Pupil
from alongside.people.queries.around import around_lists
from alongside.people.queries.rows import Found, Lists, day_from, gathered, moment_from, rows
from alongside.plans import policy
from alongside.plans.models import Plan, PlanState, Review, Target, TargetScore
from alongside.referrals.departures import gone
from alongside.rules.ages import school_year_start, year_group_in_words, year_group_on
from alongside.rules.dates import dated
from alongside.rules.words import listed
from alongside.schools.queries import calendar_for
from alongside.web import charts

IN_USE = [*policy.IN_USE, PlanState.APPROVED]
MISSED = Session.Attendance.MISSED


def work_of(actor: Actor, pupil: Pupil) -> Found:
    """One query. Scores are casework: a role that reads only what is shared does not get them."""
    this = school_year_start(actor.today)
    first = this.replace(year=this.year - 1)
    knows_casework = actor.reads_casework
    told = {"first": first, "today": actor.today, "staff_id": actor.staff_id}
    return _lists(pupil, knows_casework, actor.reading, **told)


@gathered
def _lists(
    knows_casework: bool, reading: Reading, *, first: Any, today: Any, staff_id: Any
) -> Lists:
    mine = {"pupil": OuterRef("pk")}
    plans = Plan.objects.filter(**mine).exclude(state=PlanState.DRAFT).order_by("starts_on", "pk")
    newest = TargetScore.objects.filter(target=OuterRef("pk")).order_by("-scored_on", "-pk")
    targets = Target.objects.filter(plan__pupil=OuterRef("pk"), plan__state__in=IN_USE).annotate(
        now=Subquery(newest.values("value")[:1])
    )
    stood = Standing.objects.filter(**mine).order_by("-starts_on", "-pk")
    frameworks = Standing.objects.filter(pupil=OuterRef(OuterRef("pk")), ends_on=None)
    stages = Stage.objects.filter(framework__in=frameworks.values("stage__framework"))
    lists = {
        "profile": rows(
            Profile.objects.filter(**mine),
            "words",
            "said_on",
            "needs",
            "triggers",
            "helps",
            "avoids",
        ),
        "plans": rows(
            plans, "id", "number", "state", "kind", "starts_on", "review_due_on", "ended_on"
        ),
        "targets": rows(
            targets.order_by("plan_id", "order"),
            "plan_id",
            "text",
            "unit",
            "lowest",
            "highest",
            "baseline",
            "goal",
            "now",
        ),
        "stood": rows(
            stood,
            "starts_on",
            "since_on",
            "ends_on",
            "stage_id",
            key="stage__key",
            order="stage__order",
            framework="stage__framework__name",
            framework_id="stage__framework_id",
            framework_key="stage__framework__key",
        ),
        "stages": rows(
            stages.order_by("framework_id", "order"),
            "id",
            "name",
            "framework_id",
            "key",
            "order",
            "evidence",
            "is_tried_first",
        ),
        "gone": rows(gone(**mine), "last_day"),
        "registers": rows(
            Enrolment.objects.filter(**mine).exclude(ends_on__lt=first).order_by("starts_on", "pk"),
            "status",
            "starts_on",
            "ends_on",
            school="school__name",
        ),
        "meetings": rows(
            Session.objects.read_as(reading, staff_id)
            .filter(**mine, starts_at__date__gte=first)
            .order_by("starts_at"),
            "starts_at",
            "attendance",
        ),
        "reviews": rows(
            Review.objects.filter(plan__pupil=OuterRef("pk")).order_by("held_on"),
            "held_on",
            "decision",
        ),
        **around_lists(today),
    }
    if knows_casework:
        scores = MeasureResult.objects.filter(**mine, struck_out_because="", taken_on__gte=first)
        lists["scores"] = rows(
            scores.order_by("measure_id", "informant", "taken_on"),
            "score",
            "taken_on",
            "informant",
            measure="measure__name",
            lower="measure__is_lower_better",
        )
    return lists


def profile(pupil: Pupil, found: dict[str, Any]) -> dict[str, object] | None:
    """The variables of components/profile.html."""
    if not found["profile"]:
        return None
    (said,) = found["profile"]
    on = day_from(said["said_on"])
    return {
        "quote": said["words"],
        "quoted": pupil.forename + (f", {dated(on)}" if on else ""),
        "needs": said["needs"],
        "triggers": said["triggers"],
        "helps": said["helps"],
        "avoid": said["avoids"],
    }


def targets(found: dict[str, Any]) -> tuple[dict[str, Any] | None, list[dict[str, object]]]:
    """The plan in use, as on the Plan tab, else one being agreed; and its targets as lines."""
    plans = [p for p in reversed(found["plans"]) if p["state"] in IN_USE]
    in_use = [p for p in plans if p["state"] in policy.IN_USE]
    plan = next(iter(in_use or plans), None)
    if plan is None:
        return None, []
    return plan, [_target(t) for t in found["targets"] if t["plan_id"] == plan["id"]]


def _target(target: dict[str, Any]) -> dict[str, object]:
    now = target["now"]
    return {
        "text": target["text"],
        "unit": target["unit"],
        "chart": charts.target_line(
            name=target["text"],
            start=float(target["baseline"]),
            now=None if now is None else float(now),
            goal=float(target["goal"]),
            least=float(target["lowest"]),
            most=float(target["highest"]),
        ),
    }


def ladders(actor: Actor, found: dict[str, Any]) -> list[dict[str, object]]:
    """Each framework the pupil stands in, as stairs, and what is still to show for the next one."""
    drawn = []
    gone_on = next((day_from(one["last_day"]) for one in found["gone"]), None)
    for standing in (one for one in found["stood"] if not one["ends_on"]):
        stages = [s for s in found["stages"] if s["framework_id"] == standing["framework_id"]]
        here = next(n for n, s in enumerate(stages, 1) if s["id"] == standing["stage_id"])
        drawn.append(
            {
                "title": f"{standing['framework']}: {here} of {len(stages)}",
                "url": f"/frameworks/{standing['framework_id']}/"
                if actor.may(Permission.FRAMEWORK_VIEW)
                else "",
                "chart": charts.ladder(
                    framework=standing["framework"],
                    stages=[charts.Stage(stage["name"]) for stage in stages],
                    here=here,
                    since=day_from(standing["since_on"] or standing["starts_on"]),
                    until=gone_on,
                    left=_left(stages, here, _stood_on(found, standing["framework_key"])),
                ),
                **(
                    {}
                    if gone_on
                    else _to_come(stages, here, _stood_on(found, standing["framework_key"]))
                ),
            }
        )
    return drawn


def _stood_on(found: dict[str, Any], framework_key: str) -> set[str]:
    """The stages, of any version, on which the pupil stands or stood, told afterwards or not."""
    of_framework = (one for one in found["stood"] if one["framework_key"] == framework_key)
    return {identity(one["key"], one["order"]) for one in of_framework}


def _left(stages: list[dict[str, Any]], here: int, stood: set[str]) -> list[int]:
    """Places above the present one at which the pupil stood before."""
    above = [(n, s) for n, s in enumerate(stages, 1) if n > here]
    return [n for n, s in above if identity(s["key"], s["order"]) in stood]


def _to_come(stages: list[dict[str, Any]], here: int, stood: set[str]) -> dict[str, object]:
    """Of the stages that are tried before the next one: how many were, and which were not."""
    if here >= len(stages):
        return {}
    first = [stage for stage in stages[:here] if stage["is_tried_first"]]
    missing = [s["name"] for s in first if identity(s["key"], s["order"]) not in stood]
    return {
        "following": here + 1,
        "needed": len(first),
        "tried": len(first) - len(missing),
        "missing": listed(missing),
        "to_show": stages[here]["evidence"],
    }


def years(
    actor: Actor, pupil: Pupil, found: dict[str, Any], school_id: int | None
) -> charts.Timeline | None:
    """Last school year and this one, in lanes, the holidays of a school shaded (none: the
    council's); nothing to draw is no picture."""
    this = school_year_start(actor.today)
    first, last = (
        this.replace(year=this.year - 1),
        this.replace(year=this.year + 1, month=7, day=31),
    )
    facts = charts.TimelineFacts(
        name=f"{pupil.forename}’s two school years",
        first=first,
        last=last,
        today=actor.today,
        years=tuple((_year(pupil, start), start) for start in (first, this)),
        holidays=calendar_for(actor, school_id).holidays(first, last),
        places=tuple(_place(e, last) for e in _joined(found["registers"])),
        plans=tuple(_plan(p) for p in found["plans"]),
        sessions=tuple(
            charts.Tick(moment_from(s["starts_at"]).date(), is_held=s["attendance"] != MISSED)
            for s in found["meetings"]
        ),
        reviews=tuple(_reviews(found)),
        measures=tuple(_measures(found.get("scores", []))),
    )
    has_any = facts.places or facts.plans or facts.sessions or facts.measures
    return charts.timeline(facts) if has_any else None


def _year(pupil: Pupil, start: date) -> str:
    group = year_group_in_words(year_group_on(pupil.born_on, start))
    years_said = f"{start.year} to {start.year + 1}"
    return f"{group}, {years_said}" if group else years_said


def _joined(registers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One bar for one stay: on roll alone, then as the main of two, is the same school without a gap."""
    joined: list[dict[str, Any]] = []
    for each in registers:
        before = next((b for b in joined if _goes_on(b, each)), None)
        if before is None:
            joined.append(dict(each))
        else:
            before["ends_on"] = each["ends_on"]
    return joined


def _goes_on(before: dict[str, Any], after: dict[str, Any]) -> bool:
    ended, starts = day_from(before["ends_on"]), day_from(after["starts_on"])
    same = before["school"] == after["school"] and _is_main(before) == _is_main(after)
    return same and ended is not None and starts == ended + timedelta(days=1)


def _is_main(enrolment: dict[str, Any]) -> bool:
    return enrolment["status"] in MAIN


def _place(enrolment: dict[str, Any], last: date) -> charts.Bar:
    is_main = _is_main(enrolment)
    start = day_from(enrolment["starts_on"]) or last
    label = f"{enrolment['school']}, {'on roll' if is_main else 'also taught'}"
    return charts.Bar(label, start, day_from(enrolment["ends_on"]), "main" if is_main else "other")


def _plan(plan: dict[str, Any]) -> charts.Bar:
    start = date.fromisoformat(plan["starts_on"])
    end = day_from(plan["ended_on"]) or day_from(plan["review_due_on"])
    if end is not None and end <= start:
        end = start + timedelta(days=1)
    look = "main" if plan["state"] in IN_USE else "past"
    return charts.Bar(f"Plan {plan['number']}", start, end, look)


def _reviews(found: dict[str, Any]) -> list[charts.Mark]:
    words = dict(Review.Decision.choices)
    held = [
        charts.Mark(date.fromisoformat(r["held_on"]), words[r["decision"]].lower())
        for r in found["reviews"]
    ]
    planned = [
        charts.Mark(date.fromisoformat(p["review_due_on"]), "planned", is_done=False)
        for p in found["plans"]
        if p["state"] in (PlanState.AGREED, PlanState.APPROVED)
    ]
    return held + planned


def _measures(scores: list[dict[str, Any]]) -> list[charts.Series]:
    """The one or two measures taken most often, each by one informant."""
    series: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for score in scores:
        series.setdefault((score["measure"], score["informant"]), []).append(score)
    chosen = sorted(series.items(), key=lambda item: -len(item[1]))[:2]
    return [
        charts.Series(
            name=name.partition(": total")[
                0
            ],  # The measure itself: its whole name is in its table.
            points=tuple((date.fromisoformat(p["taken_on"]), float(p["score"])) for p in points),
            note="lower is better" if points[0]["lower"] else "higher is better",
        )
        for (name, _), points in chosen
    ]
