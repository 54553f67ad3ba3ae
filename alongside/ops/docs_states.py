"""The states of a case, a referral, a request and a plan as Mermaid diagrams, from the policies' TRANSITIONS."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from django.db.models import TextChoices

from alongside.cases import policy as cases
from alongside.cases.models import CaseState
from alongside.plans import policy as plans
from alongside.plans.models import PlanState
from alongside.referrals import policy as referrals
from alongside.referrals import requests
from alongside.referrals.models import ReferralState, RequestState

BEGINNING = "[*]"
type Edge = tuple[str, str, str]


def diagrams() -> Iterator[str]:
    for title, states, first, transitions in (
        ("Referral", ReferralState, "", referrals.TRANSITIONS),
        ("Request to another service", RequestState, "", requests.TRANSITIONS),
        ("Case", CaseState, CaseState.WAITING, cases.TRANSITIONS),
        ("Plan", PlanState, PlanState.DRAFT, plans.TRANSITIONS),
    ):
        yield from ("", f"## {title}", "", "```mermaid", "stateDiagram-v2")
        yield from _drawn(states, first, list(edges(transitions)))
        yield "```"


def _drawn(states: type[TextChoices], first: str, arrows: list[Edge]) -> Iterator[str]:
    for state in states:
        yield f"    {state.value}: {state.label}"
    if first:
        yield f"    {BEGINNING} --> {first}"
    for source, act, target in arrows:
        yield f"    {source} --> {target}: {act.replace('_', ' ')}"
    going_on = {source for source, _, target in arrows if source != target}
    for state in states:
        if state.value not in going_on:
            yield f"    {state.value} --> {BEGINNING}"


def edges(transitions: Mapping[Any, Any]) -> Iterator[Edge]:
    """Each arrow: from, act, to. Reads either form in which a policy writes its transitions."""
    for key, value in transitions.items():
        if isinstance(key, tuple):
            yield str(key[0]), key[1], str(value)
            continue
        for source, target in _ends(value):
            yield source, key, target


def _ends(transition: Any) -> Iterable[tuple[str, str]]:
    if hasattr(transition, "to_state"):
        sources: list[str] = [str(state) for state in transition.from_states] or [BEGINNING]
        return product(sources, [str(transition.to_state)])
    sources = [str(state) for state in transition.sources]
    targets = [str(state) for state in transition.leads_to]
    if len(sources) == len(targets):  # Each state leads to the one written in its place.
        return zip(sources, targets, strict=True)
    return product(sources, targets)
