"""The shared triage form of each service, in two versions, and the scores given by it. Words invented."""

from datetime import date

from alongside.ops.seed.ground import LONG_AGO, Ground
from alongside.ops.seed.life import Life
from alongside.ops.seed.when import acting_at
from alongside.referrals.actions.triage import Question, publish_triage_form, score
from alongside.referrals.models import Referral

CLEARER = date(2026, 9, 1)  # From when the second version is used.
OFTEN = Question(
    "How often does it happen?",
    ("Less than monthly", "Monthly", "Weekly", "Every day or nearly"),
)
MISSED = Question(
    "How much teaching is missed?",
    ("None", "Some lessons", "About half", "Most of the week"),
)
SAFE = Question(
    "Is anybody at risk of harm?",
    ("No sign of it", "Upset, no harm", "Minor harm", "Serious harm, or a near miss"),
)
TRIED = Question(
    "Has the school’s own support helped?",
    ("Much", "Some", "A little", "Not at all, with two reviews"),
)
PLACE = Question(
    "How secure is the school place?",
    ("Secure", "Worries", "Suspended this term", "At risk of permanent exclusion"),
)
DIFFERENT = "A fifth question, about the school place; support is expected from 8."
MANAGERS = {"outreach": "grace", "primary": "lena", "team": "mark"}
MARKS = ((3, 2, 2, 3, 3), (2, 2, 1, 2, 2), (1, 2, 0, 2, 1), (2, 3, 1, 3, 2), (2, 1, 1, 2, 1))
LOW = (1, 0, 1, 1, 0)


def publish_forms(ground: Ground) -> None:
    """The first version from the beginning, and a clearer one from this school year on."""
    for service, manager in MANAGERS.items():
        if service in ground.places:
            _publish(ground, service, manager, LONG_AGO, (OFTEN, MISSED, SAFE, TRIED), 7, "")
            asked = (OFTEN, MISSED, SAFE, TRIED, PLACE)
            _publish(ground, service, manager, CLEARER, asked, 8, DIFFERENT)


def _publish(
    ground: Ground,
    service: str,
    manager: str,
    day: date,
    asked: tuple[Question, ...],
    accept_from: int,
    what_changed: str,
) -> None:
    with acting_at(ground.staff[manager].pk, day, 10) as actor:
        publish_triage_form(
            actor=actor,
            service=ground.places[service],
            name="Triage form",
            questions=asked,
            accept_from=accept_from,
            starts_on=actor.today,
            what_changed=what_changed,
            after_version=1 if what_changed else 0,
        )


def score_it(life: Life) -> Referral:
    """Scored on the day its criteria were answered. What is declined or pointed elsewhere is low."""
    is_low = life.stop_at in ("declined", "signposted")
    marks = LOW if is_low else MARKS[life.number % len(MARKS)]
    asked = 5 if _is_recent(life) else 4
    with life.at(0, life.screener, 14) as actor:
        score(
            actor=actor,
            referral=life.referral,
            marks=marks[:asked],
            version=life.referral.version,
            note="From the plan and its reviews.",
        )
        life.referral.refresh_from_db()
    return life.referral


def _is_recent(life: Life) -> bool:
    """Received since the second version began."""
    return life.referral.sent_at.date() >= CLEARER
