"""What the morning's own jobs write in the demonstration: a digest, and who hears of what is late."""

from alongside.duties.jobs import send_digest, tell_manager
from alongside.ops.seed.ground import Ground

# By council: whose lateness is told to who manages them, and who gets the digest of the day.
OF = {
    "991": (("dana", "imran", "sofia", "ben", "lena"), ("dana", "grace")),
    "992": (("nell", "rhys", "zadie"), ("nell", "mark")),
}


def send(ground: Ground) -> None:
    """By the jobs themselves, as they run on a working morning: at a weekend nothing goes out."""
    late, listed = OF[ground.council.code]
    for key in late:
        tell_manager(ground.staff[key].pk, ground.council.code)
    for key in listed:
        send_digest(ground.staff[key].pk)
