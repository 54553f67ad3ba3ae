"""What the morning's own jobs write in the demonstration: a digest, and who hears of what is late."""

from datetime import date, timedelta

from alongside.core.models import Reminders
from alongside.core.reminders import choose_reminders
from alongside.duties.jobs import send_digest, tell_manager
from alongside.ops.seed import days
from alongside.ops.seed.ground import Ground
from alongside.ops.seed.when import acting_at

# By council: whose lateness is told to who manages them, and who chose a digest each morning.
OF = {
    "991": (("dana", "imran", "sofia", "ben", "lena"), ("dana", "grace")),
    "992": (("nell", "rhys", "zadie"), ("nell", "mark")),
}


def send(ground: Ground, today: date) -> None:
    """By the jobs themselves, as they run on a working morning: at a weekend no digest goes out."""
    late, each_morning = OF[ground.council.code]
    for key in late:
        tell_manager(ground.staff[key].pk, ground.council.code)
    for key in each_morning:
        staff_id = ground.staff[key].pk
        with acting_at(staff_id, days.back(today - timedelta(days=9)), 8) as actor:
            choose_reminders(
                actor=actor,
                digest=Reminders.Digest.DAILY,
                weekday=0,
                tells_overdue=True,
                tells_week=True,
                tells_new=True,
                tells_team=True,
            )
        send_digest(staff_id)
