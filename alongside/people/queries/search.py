"""Finds pupils in the actor's scope by name, misspelt name, number or birthday; and schools."""

import re
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import BooleanField, OuterRef, Q, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex

from alongside.core.actor import Actor
from alongside.people.models import Enrolment, Pupil
from alongside.rules import names
from alongside.schools.models import School

LEAST_LETTERS = 2
LEAST_TO_GUESS = 4  # Shorter words are too like each other.


@dataclass(frozen=True)
class Wanted:
    """What somebody typed, understood: any of a name, a birthday and a number."""

    words: str = ""
    born_on: date | None = None
    upn: str = ""

    @property
    def tokens(self) -> list[str]:
        return names.normalise(self.words).split()[:6]

    def __bool__(self) -> bool:
        return bool(self.born_on or self.upn or any(len(t) >= LEAST_LETTERS for t in self.tokens))


def find_pupils(actor: Actor, wanted: Wanted, most: int = 8) -> list[Pupil]:
    """The nearest first, each with `school_name`. One query; a second, when nobody is named so,
    for those named nearly so.
    """
    if not wanted:
        return []
    found = _found(actor, wanted, most, is_near=False)
    if not found and len(" ".join(wanted.tokens)) >= LEAST_TO_GUESS:
        found = _found(actor, wanted, most, is_near=True)
    return found


def _found(actor: Actor, wanted: Wanted, most: int, *, is_near: bool) -> list[Pupil]:
    found = Pupil.objects.visible_to(actor)
    if wanted.upn:
        found = found.filter(Q(upn=wanted.upn) | Q(former_upn=wanted.upn))
    if wanted.born_on:
        found = found.filter(born_on=wanted.born_on)
    words = " ".join(wanted.tokens)
    order = ["legal_surname", "legal_forename", "pk"]
    if words:
        found = found.filter(_named(wanted.tokens, words, is_near=is_near)).annotate(
            nearness=TrigramWordSimilarity(words, "search_name"),
        )
        order = ["-nearness", *order]
    main = Enrolment.objects.current(actor.today).filter(
        pupil=OuterRef("pk"), status__in=["C", "M"]
    )
    found = found.annotate(school_name=Subquery(main.order_by("pk").values("school__name")[:1]))
    return list(found.order_by(*order)[:most])


def _named(tokens: list[str], words: str, *, is_near: bool) -> RawSQL:
    """Asked once a query, in the form the planner turns into look-ups by number."""
    longest = max(tokens, key=len)
    return RawSQL(
        "people_pupil.id = ANY ((SELECT sec.pupils_named(%s, %s, %s, %s))::bigint[])",
        [
            f"(^| ){re.escape(longest)}",
            [f"%{_plain(token)}%" for token in tokens],
            words,
            is_near,
        ],
        output_field=BooleanField(),
    )


def find_schools(wanted: Wanted, most: int = 5) -> list[School]:
    """Schools of the council by name; those that begin with the words first. One query."""
    tokens = wanted.tokens
    if not any(len(token) >= LEAST_LETTERS for token in tokens):
        return []
    found = School.objects.all()
    for token in tokens:
        found = found.filter(search_name__contains=token)
    place = StrIndex("search_name", Value(" ".join(tokens)))
    return list(found.annotate(found_at=place).order_by("status", "found_at", "name", "pk")[:most])


def _plain(token: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", token)
