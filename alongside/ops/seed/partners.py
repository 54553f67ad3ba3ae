"""What partners of each service work by: protocols and a development plan, with what they said."""

from datetime import date, timedelta

from alongside.core.models import Staff
from alongside.ops.seed.ground import Ground
from alongside.ops.seed.when import acting_at
from alongside.pathways import actions
from alongside.pathways.actions import ProtocolFacts

COLLECTIVE = (
    "The lead practitioners meet each Monday at nine.\n\nA place is given when two of them agree that "
    "support in class has not been enough, and the way back is in the plan. Whoever disagrees has "
    "their reason written down."
)
SHARING = (
    "Plans, profiles, agreed actions and outcomes of meetings are shared with the school. Daily notes "
    "are shared one by one, by who wrote them."
)
PLAN = (
    "One referral form for every neighbourhood by Easter.\n\nA visit to every school before half-term."
    "\n\nAnswers within five school days, counted and shown each term."
)
QUESTION = "Five days is good. Could the answer come by telephone?"
# Title, kind, text, and who said what of it.
PROTOCOLS = (
    (
        "Taking collective decisions on places",
        "PROTOCOL",
        COLLECTIVE,
        ("The other neighbourhood", "AGREES", "We would like the minutes the same day."),
    ),
    (
        "Sharing what we write with schools",
        "AGREEMENT",
        SHARING,
        ("Primary heads’ group", "AGREES", ""),
    ),
    (
        "Service development plan, this year",
        "DEVELOPMENT",
        PLAN,
        ("Primary heads’ group", "COMMENT", QUESTION),
    ),
)


def share(ground: Ground, today: date) -> None:
    """The first two are agreed, the second is due to be reviewed; the plan is being agreed."""
    writer = ground.staff.get("lena") or ground.staff["mark"]
    for number, (title, kind, text, said) in enumerate(PROTOCOLS):
        written = today - timedelta(days=(380, 362, 24)[number])
        _one(writer, written, today, title, kind, text, said, is_agreed=number < 2)


def _one(
    writer: Staff,
    written: date,
    today: date,
    title: str,
    kind: str,
    text: str,
    said: tuple[str, str, str],
    *,
    is_agreed: bool,
) -> None:
    partner, answer, words = said
    facts = ProtocolFacts(
        title=title, kind=kind, text=text, review_on=written + timedelta(days=364)
    )
    with acting_at(writer.pk, written, 11) as actor:
        protocol = actions.write_protocol(actor=actor, owner_id=actor.held[0].place_id, facts=facts)
        actions.share_protocol(actor=actor, protocol=protocol)
    with acting_at(writer.pk, written + timedelta(days=9), 16) as actor:
        actions.answer_protocol(
            actor=actor,
            protocol=protocol,
            partner=partner,
            said_by="The chair",
            answer=answer,
            words=words,
            said_on=actor.today,
        )
    if is_agreed:
        with acting_at(writer.pk, written + timedelta(days=16), 11) as actor:
            actions.agree_protocol(
                actor=actor,
                protocol=protocol,
                agreed_on=actor.today,
                review_on=written + timedelta(days=364),
            )
