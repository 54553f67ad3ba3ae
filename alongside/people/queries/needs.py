"""A pupil's pathways, conditions and flags, as one actor may read them, in one query."""

from typing import Any

from django.db.models import OuterRef

from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.core.reach import Reading
from alongside.people.models import Condition, Flag, PathwaySpell, Pupil
from alongside.people.queries.rows import Lists, gathered, rows


def needs_of(actor: Actor, pupil: Pupil) -> dict[str, Any]:
    """`pathways`, those followed now first; `conditions`, the newest first; and `flags` of today."""
    return _lists(pupil, actor.reading, today=actor.today)


@gathered
def _lists(reading: Reading, *, today: Any) -> Lists:
    mine = {"pupil": OuterRef("pk")}
    spells = PathwaySpell.objects.filter(**mine).order_by("-ends_on", "-starts_on", "pk")
    flags = Flag.objects.filter(**mine).exclude(ends_on__lt=today).order_by("pk")
    found: Lists = {
        "pathways": rows(spells, "id", "pathway", "starts_on", "ends_on", "note"),
        "flags": rows(flags, "id", "kind", "weight", "text", "starts_on", "recorded_by_id"),
    }
    if InformationClass.HEALTH_AND_SEND in reading.classes:
        conditions = Condition.objects.filter(**mine).order_by("-said_on", "-pk")
        found["conditions"] = rows(
            conditions, "id", "name", "state", "source", "said_on", "note",
            replaced_by="replaced_by__id", by="recorded_by__name",
        )  # fmt: skip
    return found


def get_spell(pupil: Pupil, spell_id: int) -> PathwaySpell:
    return PathwaySpell.objects.filter(pupil=pupil).one(pk=spell_id)


def get_condition(actor: Actor, pupil: Pupil, condition_id: int) -> Condition:
    readable = Condition.objects.filter(pupil=pupil, information_class__in=sorted(actor.reads))
    return readable.one(pk=condition_id)
