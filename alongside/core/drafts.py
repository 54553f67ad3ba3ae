"""Drafts: what one person has typed into one form and not yet sent. Nothing typed is lost."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.core.models import Draft
from alongside.rules.text import storable

MOST_CHARACTERS = 400_000
# The version stays: a draft resumed after somebody else saved must meet them, not overwrite them.
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "draft_key", "password", "once"})
OF_THE_PAGE = frozenset({"version", "seen", "submission"})  # Which showing of it this was.


def save_draft(*, actor: Actor, key: str, content: dict[str, list[str]]) -> datetime:
    """Keep what is typed so far; answers when it was saved. Files are not part of a draft."""
    kept = {
        storable(name): [storable(value) for value in values]
        for name, values in content.items()
        if name not in NOT_KEPT
    }
    if sum(len(value) for values in kept.values() for value in values) > MOST_CHARACTERS:
        raise Problem(
            "This is too long to keep as a draft. Save it in parts, or attach it as a file."
        )
    now = timezone.now()
    key = storable(key)
    Draft.objects.update_or_create(
        staff_id=actor.staff_id,
        key=key[:200],
        defaults={"content": kept, "updated_at": now},
    )
    return now


def read_content(sent: Mapping[str, str]) -> dict[str, list[str]] | None:
    """What a page that saves by itself sent: a form's fields as JSON; None when it is not that."""
    try:
        content = json.loads(sent["content"])
        is_form = all(
            isinstance(values, list) and all(isinstance(value, str) for value in values)
            for values in content.values()
        )
    except (KeyError, ValueError, AttributeError):
        return None
    return content if is_form and sent.get("key") else None


def says_something(content: Mapping[str, list[str]]) -> bool:
    """Whether anything was typed or chosen, beside what a page sends along by itself."""
    return any(
        value.strip()
        for name, values in content.items()
        if name not in NOT_KEPT | OF_THE_PAGE
        for value in values
    )


def get_draft(actor: Actor, key: str) -> Draft | None:
    return Draft.objects.filter(staff_id=actor.staff_id, key=key[:200]).first()


def discard_draft(*, actor: Actor, key: str) -> None:
    Draft.objects.filter(staff_id=actor.staff_id, key=key[:200]).delete()


def list_drafts(actor: Actor) -> list[Draft]:
    """A person's own unsent drafts, newest first."""
    return list(Draft.objects.filter(staff_id=actor.staff_id).order_by("-updated_at", "-id")[:20])
