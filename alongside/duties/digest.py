"""One person's digest: how much is overdue, due this week and new. It names no child and no school."""

from datetime import timedelta

from django.conf import settings

from alongside.core import notices
from alongside.core.actor import Actor
from alongside.core.models import Reminders
from alongside.core.permissions import Permission
from alongside.duties import nameless
from alongside.duties.calendars import Calendars
from alongside.duties.due import due_items
from alongside.duties.item import DueItem
from alongside.duties.team import ROLE_ENDS_WITHIN, team_list
from alongside.duties.team_rows import team_of


def is_wanted(actor: Actor, chosen: Reminders) -> bool:
    """Whether a digest goes out today: on a working day of their choice, once."""
    if chosen.sent_on == actor.today or actor.today.weekday() > 4:
        return False
    if chosen.digest == Reminders.Digest.WEEKLY:
        return actor.today.weekday() == chosen.weekday
    return chosen.digest == Reminders.Digest.DAILY


def write(actor: Actor, chosen: Reminders) -> tuple[str, str] | None:
    """Subject and body; None when there is nothing to tell."""
    calendars = Calendars(actor)
    items = due_items(actor, calendars)
    parts = []
    if chosen.tells_overdue:
        parts += _part("Overdue", [i for i in items if i.due_on < actor.today])
    if chosen.tells_week:
        parts += _part("Due this week", _this_week(actor, items))
    if chosen.tells_team and actor.may(Permission.DEADLINE_ASSIGN):
        members = team_of(actor, actor.today + ROLE_ENDS_WITHIN)
        team = [one.item for one in team_list(actor, calendars, members).items]
        parts += _part("Overdue in your team", [i for i in team if i.due_on < actor.today])
    new = len(notices.unseen(actor)) if chosen.tells_new else 0
    if new:
        parts += [f"New to you: {new}", ""]
    if not parts:
        return None
    body = "\n".join(
        [
            f"Hello {actor.name},",
            "",
            *parts,
            f"Sign in to see them: {settings.PUBLIC_URL}/due/",
            "",
            f"How often this comes, or whether: {settings.PUBLIC_URL}/me/reminders/",
        ]
    )
    return f"Alongside: your list on {actor.today:%A} {actor.today.day} {actor.today:%B}", body


def _this_week(actor: Actor, items: list[DueItem]) -> list[DueItem]:
    sunday = actor.today + timedelta(days=6 - actor.today.weekday())
    return [item for item in items if actor.today <= item.due_on <= sunday]


def _part(title: str, items: list[DueItem]) -> list[str]:
    if not items:
        return []
    return [f"{title}: {len(items)}", *(f"  {line}" for line in nameless.counted(items)), ""]
