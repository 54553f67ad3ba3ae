"""The forms of plans: what is typed, and how it becomes facts. Must not decide what is allowed."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from django import forms

from alongside.assessments.models import Need
from alongside.core.decisions import Problem
from alongside.pathways.models import PlanType
from alongside.plans.dates import Proposal
from alongside.plans.facts import (
    ActionFacts,
    PlanFacts,
    TargetFacts,
    problems_of_action,
    problems_of_days,
    problems_of_target,
)
from alongside.plans.models import Party, Plan, Target
from alongside.plans.wording import MOST_TARGETS, figure
from alongside.rules.words import count_of, weekday_in_words
from alongside.web.doubts import Doubt, day_doubt
from alongside.web.forms import (
    DateField,
    Number,
    NumberField,
    Radios,
    Text,
    Textarea,
    WholeField,
    WordsForOthers,
)
from alongside.web.forms.renderer import lower_first
from alongside.web.plans.rows import RowsForm

type Propose = Callable[[PlanType, date], Proposal]
# What is said of a part of a row that is left empty.
MISSING = {
    "target": {
        "kind": "choose what it is about",
        "unit": "say what is counted",
        "baseline": "enter where it stands now",
        "goal": "enter the goal",
        "lowest": "enter where the scale starts",
        "highest": "enter where the scale ends",
        "due_on": "enter by when",
        "owner": "say who leads on it",
    },
    "action": {"party": "choose who does it", "due_on": "enter by when"},
}


class PlanForm(RowsForm):
    """A whole plan on one page: aim, targets, who does what, when it is reviewed."""

    kind = forms.ChoiceField(label="Kind of plan", widget=Radios(columns=2))
    aim = WordsForOthers(
        label="What this plan is for",
        help_text="One or two sentences that the child could read.",
        max_length=300,
        widget=Textarea(rows=2),
    )
    starts_on = DateField(
        label="The plan starts", error_messages={"required": "Enter when the plan starts"}
    )
    review_due_on = DateField(
        label="The review is due",
        error_messages={"required": "Enter when the review is due"},
        is_at_school=True,
    )

    is_joint = forms.BooleanField(
        label="Write it together with the school",
        help_text="The school reads and changes it from now on, before it is approved.",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        types: Sequence[PlanType],
        needs: Sequence[Need] = (),
        is_of_service: bool = True,
        may_keep: bool = True,
        plan: Plan | None = None,
        opened_on: date,
        today: date,
        propose: Propose | None = None,
        **options: Any,
    ) -> None:
        self.needs = needs
        self.opened_on, self.today = opened_on, today  # The case's first day, and the actor's.
        self.instance_version: Any = plan.version if plan else None
        self.draft: dict[str, Any] = {}
        self.may_keep = may_keep  # From the school, what somebody does.
        super().__init__(*args, **options)
        self.types = types
        kind: Any = self.fields["kind"]
        kind.choices = [(one.key, one.name) for one in types]
        kind.widget.hints = {one.key: said for one in types if (said := kind_words(one))}
        if not is_of_service:
            del self.fields["is_joint"]  # Only the service lets the school write along.
        self.is_joint_now = bool(plan and plan.is_joint)
        self.propose = propose
        if due := self.proposed(self._kind_shown(), self.initial.get("starts_on")):
            self.fields["review_due_on"].help_text = due.working

    def row_fields(self, prefix: str, number: int) -> dict[str, forms.Field]:
        if prefix == "target":
            made = target_fields(number, self.needs)
        else:
            made = action_fields(number, self.rows.get("target", 0) or MOST_TARGETS)
        if not self.may_keep:
            made.pop("kept", None)
        for name, field in made.items():
            field.plain_label = True  # type: ignore[attr-defined]
            field.full_label = full_label(prefix, number, field)  # type: ignore[attr-defined]
            if said := MISSING[prefix].get(name):
                field.error_messages["required"] = f"{prefix.capitalize()} {number}: {said}"
        return made

    def clean(self) -> dict[str, Any]:
        """Everything that cannot stand, told at once: dates, targets and actions together."""
        typed = super().clean() or {}
        for problem in self.problems(typed.get("starts_on"), typed.get("review_due_on")):
            self.add_error(problem.field, problem.message)
        return typed

    def problems(self, starts_on: date | None, review_due_on: date | None) -> list[Problem]:
        """Of what is whole so far; without a first day, nothing can be said of the others."""
        if not starts_on:
            return []
        found = problems_of_days(starts_on, review_due_on, self.opened_on, self.today)
        for number, row in self.sound_rows("target"):
            found += problems_of_target(number, target_facts(row), starts_on)
        for number, row in self.sound_rows("action"):
            found += problems_of_action(number, action_facts(row), starts_on)
        return found

    def is_kept(self, name: str) -> bool:
        """An action that the school will not read."""
        return bool(self.cleaned_data.get(f"{name.removesuffix('text')}kept"))

    def own_doubts(self) -> Iterator[Doubt]:
        """A target still open when the plan is reviewed is judged before its day."""
        review = self.cleaned_data["review_due_on"]
        yield from self._doubt_of_rhythm(review)
        for number, row in self.sound_rows("target"):
            if row["due_on"] > review:
                said = (
                    f"Target {number} is due on {weekday_in_words(row['due_on'])}, after the plan’s "
                    f"review on {weekday_in_words(review)}."
                )
                yield day_doubt(f"target_{number}_due_on", row["due_on"], said, review)

    def _doubt_of_rhythm(self, review: date) -> Iterator[Doubt]:
        """A day beyond the kind's own rhythm, or one that was proposed for another kind."""
        kind, starts_on = self.cleaned_data["kind"], self.cleaned_data["starts_on"]
        own, before = (self.proposed(key, starts_on) for key in (kind, self.initial.get("kind")))
        chosen = self._type(kind)
        if own is None or chosen is None or review == own.on:
            return
        is_of_another = before is not None and review == before.on
        if is_of_another or (chosen.review_weeks and review > own.on):
            said = f"{chosen.name}: {own.working}"
            yield day_doubt("review_due_on", review, said, own.on)

    def proposed(self, key: Any, starts_on: Any) -> Proposal | None:
        """When a plan of this kind that starts then is reviewed, where that can be said."""
        kind = self._type(key)
        if kind is None or self.propose is None or not isinstance(starts_on, date):
            return None
        return self.propose(kind, starts_on)

    def rhythms(self) -> list[dict[str, Any]]:
        """For the script: the day of each kind, so that the date follows the kind."""
        starts_on = self.initial.get("starts_on")
        found = [(one.key, self.proposed(one.key, starts_on)) for one in self.types]
        return [{"key": key, "on": due.on, "words": due.working} for key, due in found if due]

    def _type(self, key: Any) -> PlanType | None:
        return next((one for one in self.types if one.key == key), None)

    def _kind_shown(self) -> Any:
        return self.data.get("kind") if self.is_bound else self.initial.get("kind")

    def facts(self) -> PlanFacts:
        typed = self.cleaned_data
        return PlanFacts(
            aim=typed["aim"],
            kind=typed["kind"],
            starts_on=typed["starts_on"],
            review_due_on=typed["review_due_on"],
            is_joint=typed.get("is_joint", self.is_joint_now),
            targets=tuple(target_facts(row) for row in self.used_rows("target")),
            actions=tuple(action_facts(row) for row in self.used_rows("action")),
        )


def kind_words(kind: PlanType) -> str:
    """What it is, and how often it is reviewed where it has a rhythm of its own."""
    weeks = count_of(kind.review_weeks or 0, "week")
    rhythm = f"Reviewed every {weeks}." if kind.review_weeks else ""
    return f"{kind.description} {rhythm}".strip()


def full_label(prefix: str, number: int, field: forms.Field) -> str:
    """A part of a row by the row's name, where it does not stand beside its row."""
    start = f"{prefix.capitalize()} {number}: "
    label = str(field.label)
    return label if label.startswith(start) else start + lower_first(label)


def target_fields(number: int, needs: Sequence[Need] = ()) -> dict[str, forms.Field]:
    return {
        "text": WordsForOthers(
            label=f"Target {number}: what will you see or hear?",
            is_said=False,
            max_length=200,
            widget=Text(),
        ),
        "kind": forms.ChoiceField(
            label="About", choices=Target.Kind.choices, initial="BEHAVIOUR", widget=forms.Select()
        ),
        "unit": forms.CharField(
            label="What is counted",
            help_text="“of 10 times”, “a week”",
            max_length=40,
            widget=Text(width=10),
        ),
        "baseline": figure_field("Now"),
        "goal": figure_field("Goal"),
        "lowest": figure_field("Scale from", 0),
        "highest": figure_field("to", 10),
        "due_on": DateField(label="By when"),
        "owner": forms.CharField(label="Who leads on it", max_length=120),
        "need": forms.TypedChoiceField(
            label="Which need it answers",
            choices=[("", "None named"), *((n.pk, need_words(n)) for n in needs)],
            required=False,
            coerce=int,
            empty_value=None,
            widget=forms.Select(),
        ),
        "carried": WholeField(required=False, widget=forms.HiddenInput()),
    }


def need_words(need: Need) -> str:
    """A need in one line of a list: a long one is cut there, and read in full where it stands."""
    text = need.text if len(need.text) <= 70 else f"{need.text[:67]}…"
    return f"{need.get_kind_display()}: {text}"


def figure_field(label: str, initial: int | None = None) -> NumberField:
    return NumberField(
        label=label,
        initial=initial,
        max_digits=5,
        decimal_places=1,
        widget=Number(whole=False),
    )


def action_fields(number: int, targets: int = MOST_TARGETS) -> dict[str, forms.Field]:
    return {
        "party": forms.ChoiceField(label="By", choices=Party.choices, widget=forms.Select()),
        "text": WordsForOthers(
            label=f"Action {number}: what will they do?", is_said=False, max_length=200
        ),
        "who": forms.CharField(label="Who, by name (optional)", max_length=120, required=False),
        "target": forms.TypedChoiceField(
            label="Towards which target",
            choices=[(0, "None named"), *((n, f"Target {n}") for n in range(1, targets + 1))],
            required=False,
            coerce=int,
            empty_value="0",
            widget=forms.Select(),
        ),
        "due_on": DateField(label="By when"),
        "kept": forms.BooleanField(label="Keep this from the school", required=False),
    }


def target_facts(row: dict[str, Any]) -> TargetFacts:
    return TargetFacts(
        text=row["text"],
        unit=row["unit"],
        baseline=row["baseline"],
        goal=row["goal"],
        due_on=row["due_on"],
        owner=row["owner"],
        kind=row["kind"],
        lowest=row["lowest"],
        highest=row["highest"],
        carried_from_id=row["carried"],
        need_id=row["need"],
    )


def action_facts(row: dict[str, Any]) -> ActionFacts:
    return ActionFacts(
        party=Party(row["party"]),
        text=row["text"],
        who=row["who"],
        due_on=row["due_on"],
        is_shared=not row.get("kept"),
        target_number=int(row["target"] or 0),
    )


def plan_values(plan: Plan) -> dict[str, Any]:
    """A saved plan as the form's fields hold it."""
    values: dict[str, Any] = {
        "kind": plan.kind,
        "aim": plan.aim,
        "starts_on": plan.starts_on,
        "review_due_on": plan.review_due_on,
        "is_joint": plan.is_joint,
    }
    for n, target in enumerate(plan.targets.all(), 1):
        for name in ("text", "kind", "unit", "due_on", "owner"):
            values[f"target_{n}_{name}"] = getattr(target, name)
        for name in ("baseline", "goal", "lowest", "highest"):
            values[f"target_{n}_{name}"] = figure(getattr(target, name))
        values[f"target_{n}_carried"] = target.carried_from_id
        values[f"target_{n}_need"] = target.need_id
    for n, action in enumerate(plan.actions.all(), 1):
        for name in ("party", "text", "who", "due_on"):
            values[f"action_{n}_{name}"] = getattr(action, name)
        values[f"action_{n}_kept"] = not action.is_shared
        values[f"action_{n}_target"] = action.target_number or ""
    return values


def first_values(kind: str, starts_on: date, review_due_on: date) -> dict[str, Any]:
    """What a new plan's form proposes."""
    return {"kind": kind, "starts_on": starts_on, "review_due_on": review_due_on}
