"""What is typed of a session or a day: big choices first, words last."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from datetime import time as clock
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from alongside.fieldwork.models import DailyLog, Session, TargetMark
from alongside.fieldwork.queries import Meanwhile
from alongside.plans.models import Target
from alongside.web.dates import clock_time
from alongside.web.doubts import Doubt
from alongside.web.forms import (
    DateField,
    FaceField,
    Number,
    Radios,
    Text,
    Textarea,
    WholeField,
    WordsForOthers,
)
from alongside.web.pupils.forms import read_time

type AtThatTime = Callable[[datetime, int], Sequence[Meanwhile]]

MARKS = [
    (TargetMark.Mark.MET, "Met"),
    (TargetMark.Mark.PARTLY, "Partly"),
    (TargetMark.Mark.NOT_YET, "Not yet"),
    (TargetMark.Mark.NOT_SEEN, "Not seen"),
]


# Checked, but not counted on the screen: a form for a phone says as little as it can.
LINE = MaxLengthValidator(300)
PAGE = MaxLengthValidator(5000)


class MarkedForm(forms.Form):
    """A form with one row of choices for each target of the plan in use."""

    instance_version: int | str | None = None
    is_read_by_others = False  # What is not shared yet is asked about when it is.
    before_marks: tuple[str, ...] = ()  # The fields that stand above the targets on the page.

    def __init__(self, *args: Any, targets: Sequence[Target], **options: Any) -> None:
        super().__init__(*args, **options)
        self.targets = targets
        for target in targets:
            field = forms.ChoiceField(
                label=target.text, choices=MARKS, required=False, widget=Radios()
            )
            field.plain_label = True  # type: ignore[attr-defined]
            self.fields[name_of(target.pk)] = field
        self.order_fields([*self.before_marks, *(name_of(target.pk) for target in targets)])

    @property
    def mark_fields(self) -> list[forms.BoundField]:
        return [self[name_of(target.pk)] for target in self.targets]

    @property
    def marks(self) -> dict[int, str]:
        """What was chosen; a target left alone is not marked."""
        said = {t.pk: self.cleaned_data.get(name_of(t.pk)) for t in self.targets}
        return {key: mark for key, mark in said.items() if mark}


def name_of(target_id: int) -> str:
    return f"mark_{target_id}"


class LogForm(MarkedForm):
    """One day, in under a minute."""

    face = FaceField(label="How was today?", required=False)
    what_worked = WordsForOthers(
        is_said=False,
        label="What worked",
        validators=[LINE],
        required=False,
        widget=Textarea(rows=2),
    )
    what_was_hard = WordsForOthers(
        is_said=False,
        label="What was hard",
        validators=[LINE],
        required=False,
        widget=Textarea(rows=2),
    )
    staff_told = WordsForOthers(
        is_said=False,
        label="Who was told, in school or at home",
        max_length=120,
        required=False,
        widget=Text(),
    )
    on = DateField(label="Date", is_at_school=True, has_happened=True)

    def __init__(self, *args: Any, pupil_name: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["face"].label = f"How was today for you, {pupil_name}?"
        for name in ("face", "what_worked", "what_was_hard", "staff_told"):
            self.fields[name].plain_label = True  # type: ignore[attr-defined]


class EditLogForm(LogForm):
    """The day itself does not change: another day is another log."""

    on = None  # type: ignore[assignment]


class SessionForm(MarkedForm):
    """One session, held or missed."""

    before_marks = ("kind", "on", "time", "minutes", "place", "attendance", "reason_missed")

    kind = forms.ChoiceField(label="What kind", choices=Session.Kind.choices, widget=Radios())
    on = DateField(label="Date", is_at_school=True, has_happened=True)
    time = forms.CharField(label="Began at", help_text="Like 10:30 or 2.15pm", widget=Text(width=5))
    minutes = WholeField(
        label="How long",
        min_value=1,
        max_value=480,
        widget=Number(width=4, suffix="minutes"),
        error_messages={
            "min_value": "How long: enter 1 minute or more",
            "max_value": "How long: enter 480 minutes or fewer",
        },
    )
    place = forms.CharField(label="Where", max_length=120, required=False, widget=Text())
    attendance = forms.ChoiceField(
        label="Was the pupil there?", choices=Session.Attendance.choices, widget=Radios()
    )
    reason_missed = WordsForOthers(
        is_said=False,
        label="Why it was missed",
        help_text="Only when the pupil did not attend",
        max_length=200,
        required=False,
        widget=Text(),
    )
    face = FaceField(label="How was that?", required=False)
    what_we_did = WordsForOthers(
        is_said=False,
        label="What we did",
        help_text="The aim and the activity. Name no other child.",
        validators=[PAGE],
        required=False,
        widget=Textarea(rows=3),
    )
    response = WordsForOthers(
        is_said=False,
        label="How the pupil responded",
        validators=[PAGE],
        required=False,
        widget=Textarea(rows=3),
    )
    next_step = WordsForOthers(
        is_said=False, label="What is next", max_length=300, required=False, widget=Text()
    )

    def __init__(
        self, *args: Any, pupil_name: str, at_that_time: AtThatTime, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.at_that_time = at_that_time
        self.fields["face"].label = f"How was that for you, {pupil_name}?"
        for name in ("place", "reason_missed", "what_we_did", "response", "next_step", "face"):
            self.fields[name].plain_label = True  # type: ignore[attr-defined]

    def clean_time(self) -> clock:
        return read_time(self.cleaned_data["time"])

    @property
    def starts_at(self) -> datetime | None:
        on: date | None = self.cleaned_data.get("on")
        at: clock | None = self.cleaned_data.get("time")
        return timezone.make_aware(datetime.combine(on, at)) if on and at else None

    def own_doubts(self) -> Iterator[Doubt]:
        """Hours are counted from sessions: two at one time are meant, or one was written twice."""
        starts_at, minutes = self.starts_at, self.cleaned_data["minutes"]
        if not starts_at:
            return
        said = f"{starts_at:%Y-%m-%dT%H.%M}+{minutes}"
        found = self.at_that_time(starts_at, minutes)
        if same := next((one.session for one in found if not one.with_whom), None):
            text = (
                f"You recorded a session {_from_to(same)} that day. The time they share would "
                "count twice. Are these two sessions?"
            )
            yield Doubt("time", said, text, "Yes, keep both")
        elif other := next((one for one in found if self._is_elsewhere(one)), None):
            text = (
                f"You have a session with {other.with_whom} {_from_to(other.session)} at the same "
                "time. Were you with both, as in a group?"
            )
            yield Doubt("time", f"{said}+other", text, "Yes, both are right")

    def _is_elsewhere(self, other: Meanwhile) -> bool:
        """With another child, and neither was missed; a group is written once for each child."""
        told = (self.cleaned_data["kind"], other.session.kind)
        there = (self.cleaned_data["attendance"], other.session.attendance)
        is_group = all(kind == Session.Kind.GROUP for kind in told)
        return bool(other.with_whom) and not is_group and Session.Attendance.MISSED not in there

    @property
    def facts(self) -> dict[str, Any]:
        """What the action is told."""
        told = {name: self.cleaned_data[name] for name in SESSION_FACTS}
        return told | {"starts_at": self.starts_at, "marks": self.marks}


def _from_to(session: Session) -> str:
    return f"from {clock_time(session.starts_at)} to {clock_time(session.ends_at)}"


SESSION_FACTS = (
    "minutes",
    "kind",
    "place",
    "attendance",
    "reason_missed",
    "what_we_did",
    "response",
    "next_step",
    "face",
)


def session_values(session: Session) -> dict[str, Any]:
    """A session as its form holds it."""
    starts_at = timezone.localtime(session.starts_at)
    values = {name: getattr(session, name) for name in SESSION_FACTS}
    return values | {
        "on": starts_at.date(),
        "time": f"{starts_at:%H:%M}",
        **_marks(session),
    }


def log_values(log: DailyLog) -> dict[str, Any]:
    values = {n: getattr(log, n) for n in ("face", "what_worked", "what_was_hard", "staff_told")}
    return values | {"on": log.on, **_marks(log)}


def _marks(written: Session | DailyLog) -> dict[str, str]:
    return {name_of(mark.target_id): mark.mark for mark in written.marks.all()}
