"""Protocols, agreements and development plans: written, shared, answered, agreed, renewed."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.text import slugify

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.prepared import hold
from alongside.pathways import policy
from alongside.pathways.models import Protocol, ProtocolAnswer
from alongside.rules.bounds import too_far


@dataclass(frozen=True)
class ProtocolFacts:
    """A protocol as typed."""

    title: str
    kind: str
    text: str
    review_on: date
    changed_because: str = ""

    def check(self, today: date) -> None:
        if not self.title.strip():
            raise Problem("Give it a title.", "title")
        if not self.text.strip():
            raise Problem("Write what is agreed, or will be.", "text")
        if self.review_on <= today:
            raise Problem("The review lies ahead.", "review_on")
        if said := too_far(self.review_on, ahead_of=today, years=3):
            raise Problem(said, "review_on")


@transaction.atomic
def write_protocol(*, actor: Actor, owner_id: int, facts: ProtocolFacts) -> Protocol:
    require(policy.write_protocol(actor))
    facts.check(actor.today)
    protocol = Protocol.objects.create(
        key=_new_key(facts.title),
        owner_id=owner_id,
        title=facts.title.strip()[:150],
        kind=facts.kind,
        text=facts.text.strip(),
        review_on=facts.review_on,
        written_by_id=actor.staff_id,
    )
    _line(actor, protocol, "protocol.written")
    return protocol


@transaction.atomic
def change_protocol(
    *, actor: Actor, protocol: Protocol, facts: ProtocolFacts, version: int
) -> Protocol:
    """Change what was not shared yet. What partners have read is changed in a new version."""
    protocol = _locked(protocol)
    require(policy.change_protocol(actor, protocol))
    protocol.require_version(version)
    facts.check(actor.today)
    protocol.title, protocol.kind = facts.title.strip()[:150], facts.kind
    protocol.text, protocol.review_on = facts.text.strip(), facts.review_on
    protocol.changed_because = facts.changed_because.strip()[:300]
    protocol.save(
        update_fields=["title", "kind", "text", "review_on", "changed_because", "version"]
    )
    _line(actor, protocol, "protocol.changed")
    return protocol


@transaction.atomic
def share_protocol(*, actor: Actor, protocol: Protocol) -> Protocol:
    """From now on partners read it, comment on it and say whether they agree."""
    protocol = _locked(protocol)
    require(policy.change_protocol(actor, protocol))
    protocol.shared_on = actor.today
    protocol.save(update_fields=["shared_on"])
    _line(actor, protocol, "protocol.shared")
    return protocol


@transaction.atomic
def answer_protocol(
    *,
    actor: Actor,
    protocol: Protocol,
    answer: str,
    words: str,
    said_on: date,
    partner: str = "",
    said_by: str = "",
) -> ProtocolAnswer:
    """A partner's own answer; or what a partner said, written down by who leads the service."""
    protocol = _locked(protocol)
    require(policy.answer_protocol(actor, protocol))
    if not policy.write_protocol(actor):
        partner, said_by = actor.held[0].place_name, actor.name
    if not partner.strip() or not said_by.strip():
        raise Problem("Say which partner it is, and who said it.", "partner")
    if answer != ProtocolAnswer.Answer.AGREES and not words.strip():
        raise Problem("Say it in words: what is missing, or what should change.", "words")
    if said_on > actor.today:
        raise Problem("This day has not come yet.", "said_on")
    if protocol.shared_on and said_on < protocol.shared_on:
        raise Problem("It was shared after that day.", "said_on")
    said = ProtocolAnswer.objects.create(
        protocol=protocol,
        partner=partner.strip()[:120],
        said_by=said_by.strip()[:120],
        answer=ProtocolAnswer.Answer(answer),
        words=words.strip(),
        said_on=said_on,
        recorded_by_id=actor.staff_id,
    )
    _line(actor, protocol, "protocol.answered")
    return said


@transaction.atomic
def agree_protocol(
    *, actor: Actor, protocol: Protocol, agreed_on: date, review_on: date
) -> Protocol:
    """It is agreed, and the version before it ends."""
    protocol = _locked(protocol)
    require(policy.agree_protocol(actor, protocol))
    if agreed_on > actor.today:
        raise Problem("This day has not come yet.", "agreed_on")
    if protocol.shared_on and agreed_on < protocol.shared_on:
        raise Problem("It was shared after that day.", "agreed_on")
    if review_on <= agreed_on:
        raise Problem("The review comes after it is agreed.", "review_on")
    if said := too_far(review_on, ahead_of=agreed_on, years=3):
        raise Problem(said, "review_on")
    earlier = Protocol.objects.filter(key=protocol.key, ended_on=None).exclude(agreed_on=None)
    for one in earlier:
        one.ended_on = agreed_on
        one.save(update_fields=["ended_on"])
    protocol.agreed_on, protocol.review_on = agreed_on, review_on
    protocol.save(update_fields=["agreed_on", "review_on"])
    _line(actor, protocol, "protocol.agreed")
    return protocol


@transaction.atomic
def renew_protocol(*, actor: Actor, protocol: Protocol) -> Protocol:
    """Begin the next version from this one. What was agreed stands until the next is agreed."""
    protocol = _locked(protocol)
    require(policy.renew_protocol(actor, protocol))
    if protocol.agreed_on is None:  # Answered, and to be changed before anybody agrees.
        protocol.ended_on = actor.today
        protocol.save(update_fields=["ended_on"])
    following = Protocol.objects.create(
        key=protocol.key,
        number=_last_number(protocol.key) + 1,
        owner_id=protocol.owner_id,
        title=protocol.title,
        kind=protocol.kind,
        text=protocol.text,
        review_on=max(protocol.review_on, actor.today),
        written_by_id=actor.staff_id,
    )
    _line(actor, following, "protocol.renewed")
    return following


def _locked(protocol: Protocol) -> Protocol:
    return hold(Protocol, protocol.pk, "owner")


def _last_number(key: str) -> int:
    numbers = Protocol.objects.filter(key=key).order_by("-number").values_list("number", flat=True)
    return numbers.first() or 0


def _new_key(title: str) -> str:
    base = slugify(title)[:50] or "protocol"
    key, number = base, 1
    while Protocol.objects.filter(key=key).exists():
        number += 1
        key = f"{base}-{number}"
    return key


def _line(actor: Actor, protocol: Protocol, kind: str) -> None:
    audit.record(
        actor=actor,
        kind=kind,
        subject=f"protocol {protocol.pk}",
        detail={"key": protocol.key, "number": protocol.number},
    )
