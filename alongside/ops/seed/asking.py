"""What the routes of the demonstration ask of other services, and what those answered."""

from datetime import timedelta
from uuid import UUID

from alongside.ops.seed.life import Life
from alongside.ops.seed.when import acting_at
from alongside.referrals.actions.requesting import Asked, answer_request, send_request
from alongside.referrals.models import RequestKind
from alongside.rules.working_days import next_working_day

EVERY = 3  # One route in so many asks another service.
KINDS = (
    (RequestKind.PSYCHOLOGY, "Educational psychology, duty desk, 01632 960300",
     "Loses words when it is loud. Is it language or worry? Please see once in class."),
    (RequestKind.EARLY_HELP, "Early Help front door, 01632 960100",
     "The family asks for help with mornings and with a younger brother."),
    (RequestKind.INREACH, "In-reach lead teacher",
     "Two mornings a week until Easter, with the way back agreed before the first."),
    (RequestKind.SEND, "Council SEND team, area desk",
     "Is the support in the plan what the notional budget covers, or more?"),
)  # fmt: skip
ANSWERS = (
    ("accept", "Seen on the first free day after half-term.", 30),
    ("wait", "On our list; the wait is about eight weeks.", 60),
    ("decline", "Below our threshold. The school’s speech group is the first step.", None),
    (None, "", None),
)


LONG = timedelta(days=60)


def ask_others(life: Life) -> None:
    if life.number % EVERY:
        return
    kind, addressed_to, words = KINDS[life.number // EVERY % len(KINDS)]
    step, reason, days = ANSWERS[life.number // EVERY % 5 % len(ANSWERS)]
    if life.day >= life.today:
        return
    with acting_at(life.worker.pk, life.day, 16) as actor:
        request = send_request(
            actor=actor,
            case=life.case,
            asked=Asked(
                kind, addressed_to, words, agreed_by=life.carer.name, agreed_on=actor.today
            ),
            submission=UUID(int=life.number),
        )
    answered_on = life.day + timedelta(days=7)
    if step is None and life.today - answered_on > LONG:
        step, reason, days = ANSWERS[0]  # Nobody waits that long without a word.
    if step and answered_on < life.today:
        with acting_at(life.worker.pk, answered_on, 15) as actor:
            answer_request(
                actor=actor,
                request=request,
                step=step,
                reason=reason,
                version=request.version,
                said_by="The duty desk",
                expected_on=next_working_day(actor.today + timedelta(days=days)) if days else None,
            )
