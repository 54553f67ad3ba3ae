"""A pupil's registers as plain facts, and the changes made to them on screen."""

import hashlib
import json
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from alongside.core.actor import Actor
from alongside.people.models import Enrolment, Pupil, RegisterChange

FACTS = ("school_id", "status", "registration_group", "starts_on", "ends_on")


def state_of(pupil: Pupil) -> dict[int, dict[str, Any]]:
    """Every register of the pupil by its id, as JSON keeps it."""
    return {
        row.pop("id"): {name: _plain(value) for name, value in row.items()}
        for row in Enrolment.objects.filter(pupil=pupil).values("id", *FACTS)
    }


def facts(kept: dict[str, Any]) -> dict[str, Any]:
    """What `state_of` kept of one register, as its model takes it."""
    days = {
        name: kept[name] and date.fromisoformat(kept[name]) for name in ("starts_on", "ends_on")
    }
    return kept | days


def latest_change(pupil: Pupil) -> RegisterChange | None:
    """The latest change that still stands."""
    found = RegisterChange.objects.filter(pupil=pupil, undone_at=None)
    return found.select_related("entry", "made_by").order_by("-pk").first()


def latest_change_of_each() -> Subquery:
    """The same as facts, beside each register of a list: one query less than asking for it."""
    found = RegisterChange.objects.filter(pupil=OuterRef("pupil"), undone_at=None)
    told = JSONObject(id="pk", what="entry__summary", by="made_by__name", at="created_at")
    return Subquery(found.order_by("-pk").values(told=told)[:1])


def fingerprint(pupil: Pupil) -> str:
    """What a form was shown with: another one means that somebody changed a register since."""
    state = json.dumps(state_of(pupil), sort_keys=True)
    return hashlib.sha256(state.encode()).hexdigest()[:16]


def get_change(actor: Actor, pupil: Pupil, change_id: int) -> RegisterChange:
    found = RegisterChange.objects.filter(pupil=pupil)
    return found.select_related("entry", "made_by", "pupil").one(pk=change_id)


def get_enrolment(actor: Actor, pupil: Pupil, enrolment_id: int) -> Enrolment:
    found = Enrolment.objects.filter(pupil=pupil)
    return found.select_related("school", "pupil").one(pk=enrolment_id)


def standing_now(actor: Actor, pupil: Pupil) -> list[Enrolment]:
    """Registers of today and of days to come, the earliest first."""
    found = Enrolment.objects.filter(pupil=pupil).exclude(ends_on__lt=actor.today)
    return list(found.select_related("school").order_by("starts_on", "pk"))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
