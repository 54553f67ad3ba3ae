"""What happened on a plan since its last review, put together to be edited: facts, then words."""

from collections import Counter
from datetime import date

from django.db.models import Q

from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.fieldwork.models import DailyLog, Session, TargetMark
from alongside.incidents import queries as incidents
from alongside.plans import parts, wording
from alongside.plans.models import Plan
from alongside.rules.words import count_of, day_in_words

MOST_LINES = 12  # Of observations: the newest, so that there is something to edit down.


def since_of(plan: Plan) -> date:
    """Of a plan read by `open_plan_to_review`: the last review before it, else its first day."""
    last: date | None = plan.last_review_on  # type: ignore[attr-defined]
    return last or plan.starts_on


def assemble(actor: Actor, plan: Plan, since: date) -> str:
    """Sessions counted, targets with their marks and scores, notes, and what was seen."""
    written = {"case": plan.case_id}
    sessions = list(
        Session.objects.readable_by(actor)
        .filter(**written, starts_at__date__gte=since)
        .order_by("-starts_at", "-pk")
    )
    logs = list(
        DailyLog.objects.readable_by(actor).filter(**written, on__gte=since).order_by("-on", "-pk")
    )
    sections = [
        (f"Since {day_in_words(since)}", [_sessions(sessions), _logs(logs)]),
        ("Incidents", _incidents(actor, plan, since)),
        ("Targets", _targets(plan, sessions, logs)),
        ("Noted on the plan", _notes(plan, since)),
        ("Seen", _seen(sessions, logs)),
        ("To be developed", _developed(plan)),
    ]
    return "\n\n".join(
        f"{title}\n" + "\n".join(f"- {line}" for line in lines if line)
        for title, lines in sections
        if any(lines)
    )


def _incidents(actor: Actor, plan: Plan, since: date) -> list[str]:
    """How many, then each: the figure with what it is made of."""
    found = incidents.since(actor, plan.case, since)
    return [incidents.in_numbers(found), *(incidents.line_of(one) for one in found[:MOST_LINES])]


def _sessions(sessions: list[Session]) -> str:
    counted = Counter(session.get_attendance_display().lower() for session in sessions)
    how = ", ".join(f"{number} {word}" for word, number in counted.most_common())
    return f"{count_of(len(sessions), 'session')}" + (f": {how}" if how else "")


def _logs(logs: list[DailyLog]) -> str:
    return count_of(len(logs), "daily log") if logs else ""


def _targets(plan: Plan, sessions: list[Session], logs: list[DailyLog]) -> list[str]:
    """Where each stands by its score, and how often it was marked how."""
    seen = Q(session__in=[s.pk for s in sessions]) | Q(daily_log__in=[log.pk for log in logs])
    marks: dict[int, Counter[str]] = {}
    for mark in TargetMark.objects.filter(seen, target__plan=plan).order_by("pk"):
        marks.setdefault(mark.target_id, Counter())[mark.get_mark_display().lower()] += 1
    lines = []
    for target in plan.targets.all():
        latest = getattr(target, "latest", None)
        stands = (
            f"{wording.figure(latest)} {target.unit}" if latest is not None else "not scored yet"
        )
        begin, goal = wording.figure(target.baseline), wording.figure(target.goal)
        marked = ", ".join(
            f"{n} {word}" for word, n in marks.get(target.pk, Counter()).most_common()
        )
        lines.append(
            f"{target.text}: from {begin}, goal {goal}, now {stands}"
            + (f". Marked {marked}" if marked else "")
        )
    return lines


def _notes(plan: Plan, since: date) -> list[str]:
    notes = [note for note in parts.notes_of(plan) if note.written_on >= since]
    return [f"{day_in_words(n.written_on)}, {n.party.label.lower()}: {n.text}" for n in notes]


def _seen(sessions: list[Session], logs: list[DailyLog]) -> list[str]:
    seen = [(day_of(s.starts_at), s.response) for s in sessions if s.response.strip()]
    for log in logs:
        worked = f"Worked: {log.what_worked}" if log.what_worked else ""
        hard = f"Hard: {log.what_was_hard}" if log.what_was_hard else ""
        if worked or hard:
            seen.append((log.on, ". ".join(part for part in (worked, hard) if part)))
    seen.sort(key=lambda line: line[0], reverse=True)
    return [f"{day_in_words(on)}: {words}" for on, words in seen[:MOST_LINES]]


def _developed(plan: Plan) -> list[str]:
    """As `open_plan_to_review` brought them along."""
    marked: list[dict[str, str]] = getattr(plan, "to_develop", [])
    return [f"{one['text']}: {one['develop_because']}" for one in marked]
