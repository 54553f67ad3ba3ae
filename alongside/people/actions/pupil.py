"""Changes who a pupil is: names, birth date, number, need. Two editors never overwrite each other."""

from datetime import date
from typing import Any

from django.db import transaction

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.people import policy
from alongside.people.models import Pupil
from alongside.rules import names, upn

CORE = (
    "legal_forename",
    "legal_surname",
    "preferred_forename",
    "preferred_surname",
    "born_on",
    "sex",
    "pronouns",
    "year_group",
    "upn",
    "first_language",
    "sen_provision",
    "sen_need",
)
NAMES = CORE[:4]
YOUNGEST, OLDEST = 2, 25  # Years: the ages this service works with.


def search_name_of(pupil: Pupil) -> str:
    """Every name the child is known by, as search compares it."""
    said = " ".join(filter(None, (getattr(pupil, name) for name in NAMES)))
    return names.normalise(said)[:420].strip()


@transaction.atomic
def change_pupil(*, actor: Actor, pupil: Pupil, version: int, **fields: Any) -> Pupil:
    """Change core facts of one pupil, from the version that was on the screen."""
    pupil = Pupil.objects.select_for_update().one(pk=pupil.pk)
    require(policy.edit_pupil(actor))
    pupil.require_version(version)
    fields = {name: fields[name] for name in CORE if name in fields}
    _check(actor, pupil, fields)
    changed = [name for name, value in fields.items() if getattr(pupil, name) != value]
    if "upn" in changed and pupil.upn:
        pupil.former_upn = pupil.upn
    for name in changed:
        setattr(pupil, name, fields[name])
    pupil.search_name = search_name_of(pupil)
    pupil.save(update_fields=[*changed, "version", "search_name", "former_upn"])
    audit.record(
        actor=actor,
        kind="pupil.changed",
        subject=f"pupil {pupil.pk}",
        pupil_ids=[pupil.pk],
        detail={"fields": changed},
    )
    return pupil


def _check(actor: Actor, pupil: Pupil, fields: dict[str, Any]) -> None:
    for name in ("legal_forename", "legal_surname"):
        if name in fields and not fields[name].strip():
            raise Problem("A pupil has a legal forename and surname.", name)
    if "born_on" in fields:
        _check_birthday(actor.today, fields["born_on"])
    if number := fields.get("upn"):
        fields["upn"] = number = upn.normalise(number)
        if problem := upn.problem_with(number):
            raise Problem(problem, "upn")
        others = Pupil.objects.filter(upn=number, merged_into=None).exclude(pk=pupil.pk)
        if others.exists():
            raise Problem("Another pupil's record has this UPN. It may be the same child.", "upn")


def _check_birthday(today: date, born_on: date) -> None:
    age = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    if not YOUNGEST <= age <= OLDEST:
        raise Problem(
            f"This makes the pupil {age}. Pupils here are {YOUNGEST} to {OLDEST}.", "born_on"
        )
