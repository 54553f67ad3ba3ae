"""Sessions and daily logs in words, as their line on the chronology says them."""

from collections.abc import Iterable

from alongside.fieldwork.models import DailyLog, Session, TargetMark, Visit

Mark = TargetMark.Mark


def url_of(written: Session | DailyLog | Visit) -> str:
    place = {Session: "sessions", DailyLog: "logs", Visit: "visits"}[type(written)]
    return f"/{place}/{written.pk}/"


def subject_of(met: Session | DailyLog | Visit) -> str:
    """As a line of the audit trail names it."""
    name = {Session: "session", DailyLog: "daily log", Visit: "visit"}[type(met)]
    return f"{name} {met.pk}"


def minutes_in_words(minutes: int) -> str:
    """45 minutes; 1 hour 30 minutes."""
    hours, left = divmod(minutes, 60)
    parts = [f"{hours} hour{'' if hours == 1 else 's'}"] if hours else []
    if left or not hours:
        parts.append(f"{left} minute{'' if left == 1 else 's'}")
    return " ".join(parts)


def session_line(session: Session) -> str:
    kind = session.get_kind_display()
    if session.attendance == Session.Attendance.MISSED:
        return f"{kind} session missed: {session.reason_missed}"
    part = ", attended part" if session.attendance == Session.Attendance.PART else ""
    where = f", {session.place}" if session.place else ""
    return f"{kind} session, {minutes_in_words(session.minutes)}{part}{where}"


def log_line(log: DailyLog, marks: Iterable[str]) -> str:
    said = marks_in_words(marks)
    return f"Daily log: {said}" if said else "Daily log"


def marks_in_words(marks: Iterable[str]) -> str:
    """2 of 3 targets met, 1 partly; targets not seen are left out of the count."""
    seen = [mark for mark in marks if mark != Mark.NOT_SEEN]
    if not seen:
        return ""
    met, partly = seen.count(Mark.MET), seen.count(Mark.PARTLY)
    said = f"{met} of {len(seen)} target{'' if len(seen) == 1 else 's'} met"
    return f"{said}, {partly} partly" if partly else said
