"""What a form asks back before it is sent: nothing in it is wrong, but look again. Refuses nothing.

A doubt stands at its field with the answers to press. What the person is sure of is posted along and
asked no more; another answer is put in the field's place, and the form goes on with it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from alongside.core.actor import Actor
from alongside.people.models import Pupil
from alongside.people.queries.named import named_in_each, not_to_contact
from alongside.rules.dates import day_in
from alongside.rules.names import normalise
from alongside.rules.open_days import shut_on
from alongside.rules.words import listed, weekday_in_words
from alongside.schools.models import School
from alongside.schools.queries import calendar_for
from alongside.web.forms.renderer import in_page_order

SURE, INSTEAD = "sure", "instead"
CODE = "doubt"


@dataclass(frozen=True)
class Doubt:
    """One question about one field. `said` is what it is about, as typed: other words, asked again."""

    name: str
    said: str
    text: str
    keep: str  # The button that leaves it as it is.
    instead: date | None = None  # Another day, in one press.
    row: str = ""  # What stands before the name where a form is one of several on its page.

    @property
    def key(self) -> str:
        return f"{self.row}{self.name}:{self.said}"

    @property
    def instead_key(self) -> str:
        return f"{self.name}:{self.instead}" if self.instead else ""

    @property
    def instead_label(self) -> str:
        return f"Use {weekday_in_words(self.instead)}" if self.instead else ""


def ask(
    form: forms.BaseForm,
    actor: Actor,
    school: School | None = None,
    about: Pupil | None = None,
) -> bool:
    """Put every doubt that is not yet answered at its field; whether there was any.

    `school` is where it happens; a form that asks for the school knows it itself. `about` is the
    child whom its words may name, when the form does not ask which it is.
    """
    return ask_all([form], actor, school, about)


def ask_all(
    asked: Sequence[forms.BaseForm],
    actor: Actor,
    school: School | None = None,
    about: Pupil | None = None,
) -> bool:
    """The same of the forms of one page. Their words are looked up together."""
    about = about or _child_asked_for(asked)
    names = _names(asked, about)
    for n, form in enumerate(asked):
        names.setdefault(n, []).extend(_grown_ups(form, about))
    doubted = [_put(form, actor, school, names.get(n, [])) for n, form in enumerate(asked)]
    return any(doubted)


def _put(form: forms.BaseForm, actor: Actor, school: School | None, names: Sequence[Doubt]) -> bool:
    chosen = form.cleaned_data.get("school")
    school = chosen if isinstance(chosen, School) else school
    sure = set(_sure(form))
    found: dict[str, Doubt] = {}
    row = f"{form.prefix}-" if form.prefix else ""
    for one in (*_shut_days(form, actor, school), *_own(form), *names):
        doubt = replace(one, row=row)
        if doubt.key not in sure:
            found.setdefault(doubt.name, doubt)
    form.doubts = found  # type: ignore[attr-defined]
    for name, doubt in found.items():
        form.add_error(name, ValidationError(doubt.text, code=CODE))
    return bool(found)


def with_answer(posted: QueryDict) -> QueryDict:
    """What was sent, with the other day that was pressed as if it had been typed."""
    name, _, said = posted.get(INSTEAD, "").rpartition(":")
    day = day_in(said)
    if not name or day is None:
        return posted
    data = posted.copy()
    for gone in (INSTEAD, name):
        data.pop(gone, None)
    for n, part in enumerate((day.day, day.month, day.year)):
        data[f"{name}_{n}"] = str(part)
    return data


def day_doubt(name: str, day: date, text: str, instead: date | None) -> Doubt:
    return Doubt(name, day.isoformat(), text, f"Keep {weekday_in_words(day)}", instead)


def _sure(form: forms.BaseForm) -> list[str]:
    return form.data.getlist(SURE) if isinstance(form.data, QueryDict) else []


def _shut_days(form: forms.BaseForm, actor: Actor, school: School | None) -> Iterator[Doubt]:
    """Days on which something happens at a school that is closed then."""
    for bound in in_page_order(form):
        day = form.cleaned_data.get(bound.name)
        if not getattr(bound.field, "is_at_school", False) or not isinstance(day, date):
            continue
        if getattr(form, "instance_version", None) and bound.initial == day:
            continue  # As it stands already: asked when it was written.
        shut = shut_on(day, calendar_for(actor, school.pk if school else None))
        if shut:
            text = shut.sentences(school.name if school else "")
            # Nobody has done anything yet on a day to come: it is not offered for what has happened.
            is_past = getattr(bound.field, "has_happened", False) and shut.next_on > actor.today
            yield day_doubt(bound.name, day, text, None if is_past else shut.next_on)


def names_doubt(name: str, words: Sequence[str], about: Pupil | None) -> Doubt | None:
    """Other children's full names in words that others will read."""
    named = named_in_each([one for one in words if one], about)
    return _doubt_of(name, list(dict.fromkeys(chain.from_iterable(named))))


def _doubt_of(name: str, named: list[str]) -> Doubt | None:
    if not named:
        return None
    verb = "is" if len(named) == 1 else "are"
    text = f"{listed(named)} {verb} named here. Send it all the same?"
    return Doubt(name, normalise(" ".join(named)), text, "Send it all the same")


def _names(asked: Sequence[forms.BaseForm], about: Pupil | None) -> dict[int, list[Doubt]]:
    """Of each form by its number: other children's names in words that go to a school or a team."""
    words = [(n, *one) for n, form in enumerate(asked) for one in _for_others(form)]
    named = named_in_each([typed for *_, typed in words], about) if words else []
    found: dict[int, list[Doubt]] = {}
    for (n, name, _), names in zip(words, named, strict=True):
        if doubt := _doubt_of(name, names):
            found.setdefault(n, []).append(doubt)
    return found


def _child_asked_for(asked: Sequence[forms.BaseForm]) -> Pupil | None:
    chosen = (form.cleaned_data.get("pupil") for form in asked)
    return next((child for child in chosen if isinstance(child, Pupil)), None)


def _grown_ups(form: forms.BaseForm, about: Pupil | None) -> Iterator[Doubt]:
    """Who answers for a child, and is not to be contacted about them."""
    for bound in in_page_order(form):
        typed = form.cleaned_data.get(bound.name)
        if about is None or not typed or not getattr(bound.field, "is_of_a_grown_up", False):
            continue
        if name := not_to_contact(typed, about):
            text = f"{name} is not to be contacted about {about.forename}. Is it they who answer?"
            yield Doubt(bound.name, normalise(typed), text, "Yes, it is they")


def _for_others(form: forms.BaseForm) -> Iterator[tuple[str, str]]:
    """Each field that others read, and what is in it. What its writer does not share is not asked about."""
    typed = form.cleaned_data
    is_read = getattr(form, "is_read_by_others", typed.get("is_shared", True))
    if not is_read or typed.get("kept"):
        return
    kept: Any = getattr(form, "is_kept", lambda name: False)
    for bound in in_page_order(form):
        if not getattr(bound.field, "names_no_child", False) or kept(bound.name):
            continue
        if words := typed.get(bound.name):
            yield bound.name, words


def _own(form: forms.BaseForm) -> Iterator[Doubt]:
    """What the form itself doubts, of what it holds."""
    own: Any = getattr(form, "own_doubts", None)
    if own:
        yield from own()
