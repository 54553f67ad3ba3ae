"""A returned referral is sent again: with what was asked for, or with why it cannot be given."""

from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.pathways.models import Criterion
from alongside.referrals import policy
from alongside.referrals.actions import steps
from alongside.referrals.actions.sending import finish_tasks, locked
from alongside.referrals.actions.told import Told, attach, check, is_changed, write_tried
from alongside.referrals.models import Referral, ReferralState, SentRound

MOST_WORDS = 2000
# What a school tells, as a round that is past keeps it.
KEPT = (
    "main_worry",
    "last_incident",
    "going_well",
    "days_suspended",
    "agreed_on",
    "agreed_by",
    "agreed_how",
)
KEPT_OF_CYCLES = ("starts_on", "ends_on", "what", "changed", "reviewed_on")


@transaction.atomic
def send_again(
    *,
    actor: Actor,
    referral: Referral,
    told: Told,
    version: int,
    words: str = "",
    cannot: Mapping[int, str] | None = None,
) -> Referral:
    """Send a returned referral again. It stays the same referral, and the round before is kept.

    `cannot` says of a criterion asked for why it cannot be given: that is an answer too.
    """
    referral = locked(referral)
    require(policy.send_again(actor, referral))
    referral.require_version(version)
    check(told, actor.today, referral.pupil.born_on)
    if len(words) > MOST_WORDS:
        raise Problem(f"Use at most {MOST_WORDS:,} characters; this has {len(words):,}.", "words")
    answers = _answers(referral, cannot or {})
    _keep_round(referral)
    is_new = is_changed(referral, told)
    if not (attach(actor, referral, told) or is_new or answers):
        raise Problem(
            "Nothing that was asked for has changed. Add it below, or say beside it why you cannot."
        )
    for name, value in told.columns.items():
        setattr(referral, name, value)
    referral.state = ReferralState.SENT
    referral.round += 1
    referral.sent_at = timezone.now()
    referral.sent_by_id = actor.staff_id
    referral.save(update_fields=[*told.columns, "state", "round", "sent_at", "sent_by", "version"])
    write_tried(referral, told.tried)
    finish_tasks(actor, referral)
    tell = [referral.screener_id] if referral.screener_id else []
    steps.take(
        actor=actor,
        referral=referral,
        step="send_again",
        from_state=ReferralState.RETURNED,
        reason="\n".join(filter(None, [words.strip(), *answers])) or "Sent again, changed.",
        summary=f"{referral.school.name} sent the referral again",
        tell=[*tell, *steps.screeners(referral, actor.today)],
        news=f"{referral.school.name} sent a returned referral again.",
    )
    return referral


def _answers(referral: Referral, cannot: Mapping[int, str]) -> list[str]:
    """What cannot be given, and why, in the order of the criteria."""
    said = {pk: words.strip() for pk, words in cannot.items() if words.strip()}
    criteria = Criterion.objects.filter(framework=referral.framework_id, pk__in=said)
    for criterion in criteria:
        if len(said[criterion.pk]) > MOST_WORDS:
            raise Problem(f"Use at most {MOST_WORDS:,} characters.", f"cannot_{criterion.pk}")
    return [f"“{c.text}” cannot be given: {said[c.pk]}" for c in criteria.order_by("order")]


def _keep_round(referral: Referral) -> None:
    """What this round said, before anything of it changes."""
    tried: Any = referral.tried.order_by("starts_on", "id").values(*KEPT_OF_CYCLES)
    SentRound.objects.create(
        referral=referral,
        round=referral.round,
        sent_at=referral.sent_at,
        told=_plain({name: getattr(referral, name) for name in KEPT}),
        tried=[_plain(cycle) for cycle in tried],
        paper_ids=list(referral.evidence.order_by("id").values_list("pk", flat=True)),
    )


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Days and figures as text; `None` stays."""
    simple = (str, int, type(None))
    encode = DjangoJSONEncoder().default
    return {n: v if isinstance(v, simple) else encode(v) for n, v in values.items()}
