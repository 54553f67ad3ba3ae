"""What is typed of scores made of several answers, and of one that was entered for the wrong child."""

from typing import Any

from django import forms

from alongside.assessments.actions import Given, Goal
from alongside.assessments.actions.sittings import MOST_GOALS, WEIGHTS
from alongside.assessments.models import Informant, MeasureResult
from alongside.assessments.wording import SDQ_NAMES
from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.people.models import Pupil
from alongside.people.queries import get_pupil
from alongside.people.queries.search import find_pupils
from alongside.rules.scores import GOAL_LEVELS, SDQ_SCALES
from alongside.web.forms import (
    DateField,
    Number,
    Radios,
    Section,
    Text,
    TypeAheadField,
    WholeField,
    WordsForOthers,
    name_row,
)
from alongside.web.plans.rows import say_what
from alongside.web.search.words import understand

Occasion = MeasureResult.Occasion
MOST_OF_SCALE = 10
LEVELS = [(str(level), f"{level:+d}: {words}" if level else f"0: {words}")
          for level, words in GOAL_LEVELS.items()]  # fmt: skip


class GivenForm(forms.Form):
    """Who answered, when in the work, and on which day."""

    informant = forms.ChoiceField(
        label="Who answered?", choices=Informant.choices, widget=Radios(columns=2)
    )
    occasion = forms.ChoiceField(
        label="When in the work?", choices=Occasion.choices, widget=Radios(inline=True)
    )
    taken_on = DateField(label="Day it was taken")
    note = WordsForOthers(label="Note", max_length=300, required=False, widget=Text())

    @property
    def given(self) -> Given:
        data = self.cleaned_data
        return Given(data["informant"], data["occasion"], data["taken_on"], data["note"])


class SdqForm(GivenForm):
    """Five scores of 0 to 10. The total is reckoned; a scale not scored is left empty."""

    sections = (
        Section("When and who", ("informant", "occasion", "taken_on")),
        Section("Scores", (*SDQ_SCALES, "note"), "As scored on the owner’s sheet, 0 to 10 each."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for scale in SDQ_SCALES:
            self.fields[scale] = WholeField(
                label=SDQ_NAMES[scale],
                required=False,
                widget=Number(width=2),
                error_messages={"invalid": f"{SDQ_NAMES[scale]}: enter a whole number, 0 to 10"},
            )

    def clean(self) -> None:
        for scale, score in self.scores.items():
            if not 0 <= score <= MOST_OF_SCALE:
                said = f"{SDQ_NAMES[scale]}: {score} lies outside. Enter 0 to {MOST_OF_SCALE}"
                self.add_error(scale, said)

    @property
    def scores(self) -> dict[str, int]:
        typed = {scale: self.cleaned_data.get(scale) for scale in SDQ_SCALES}
        return {scale: score for scale, score in typed.items() if score is not None}


class GoalsForm(GivenForm):
    """Up to five goals of the child's own, each rated by how far it was reached."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for n in range(1, MOST_GOALS + 1):
            self._add_goal(n)
        self.sections = (
            Section("When and who", ("informant", "occasion", "taken_on", "note")),
            *(
                Section(f"Goal {n}", (f"text_{n}", f"level_{n}", f"weight_{n}"))
                for n in range(1, MOST_GOALS + 1)
            ),
        )

    def _add_goal(self, n: int) -> None:
        self.fields[f"text_{n}"] = WordsForOthers(
            is_said=False,
            label="What they work towards",
            max_length=200,
            required=n == 1,
            widget=Text(),
        )
        self.fields[f"level_{n}"] = forms.ChoiceField(
            label="How far was it reached?",
            choices=[*LEVELS, ("", "Not rated")],
            required=False,
            widget=Radios(),
        )
        self.fields[f"weight_{n}"] = forms.TypedChoiceField(
            label="How much does it matter?",
            choices=list(zip(WEIGHTS, ("As the others", "More", "Most"), strict=True)),
            coerce=int,
            required=False,
            empty_value=None,
            widget=Radios(inline=True),
        )
        row = (f"text_{n}", f"level_{n}", f"weight_{n}")
        name_row(f"Goal {n}", [self.fields[name] for name in row])

    def clean(self) -> None:
        for n in range(1, MOST_GOALS + 1):
            text, level = f"text_{n}", f"level_{n}"
            if self.cleaned_data.get(text) and not self.cleaned_data.get(level):
                self.add_error(level, "Say how far this goal was reached")
            if self.cleaned_data.get(level) and not self.data.get(text, "").strip():
                self.add_error(text, f"{say_what(f'Goal {n}')}, and choose “Not rated”")

    @property
    def goals(self) -> list[Goal]:
        data = self.cleaned_data
        return [
            Goal(data[f"text_{n}"], int(data[f"level_{n}"]), data[f"weight_{n}"] or 1)
            for n in range(1, MOST_GOALS + 1)
            if data.get(f"text_{n}")
        ]


def goal_values(goals: list[dict[str, Any]]) -> dict[str, Any]:
    """The goals as last rated: their words and weights; how far is asked anew."""
    values: dict[str, Any] = {f"weight_{n}": 1 for n in range(1, MOST_GOALS + 1)}
    for n, goal in enumerate(goals[:MOST_GOALS], 1):
        values |= {f"text_{n}": goal["text"], f"weight_{n}": goal["weight"]}
    return values


class MoveForm(forms.Form):
    """Whose it is, and how that is known."""

    to_pupil = TypeAheadField(
        label="Whose is it?",
        url="/search/pupils/",
        help_text="Type a name, and choose the child. Look at the date of birth.",
    )
    reason = WordsForOthers(
        label="How do you know?",
        help_text="Name no child here: it is read on both records.",
        max_length=200,
        widget=Text(),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        pupil = self.fields["to_pupil"]
        pupil.search = lambda words: [  # type: ignore[attr-defined]
            (p.pk, f"{p.name}, born {p.born_on:%-d %B %Y}")
            for p in find_pupils(actor, understand(words), 20)
        ]
        pupil.find = lambda value: _pupil(actor, value)  # type: ignore[attr-defined]


class MoveScoreForm(MoveForm):
    occasion = forms.ChoiceField(
        label="When in the work with that child?",
        choices=Occasion.choices,
        widget=Radios(inline=True),
    )
    field_order = ("to_pupil", "occasion", "reason")


def _pupil(actor: Actor, value: str) -> Pupil | None:
    try:
        return get_pupil(actor, int(value))
    except (ValueError, OverflowError, NotFound):
        return None
