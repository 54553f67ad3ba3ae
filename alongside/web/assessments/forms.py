"""What is typed of needs, scores, the child's words and the one-page profile."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from alongside.assessments.actions import Answer, Answers
from alongside.assessments.actions.profile import LONGEST_LINE, MOST_LINES
from alongside.assessments.models import Informant, Measure, MeasureResult, Need, Profile, Voice
from alongside.assessments.wording import plain
from alongside.rules.voice import Asking, Means
from alongside.web.forms import (
    DateField,
    FaceField,
    Number,
    NumberField,
    Radios,
    Section,
    Text,
    Textarea,
    WholeField,
    WordsForOthers,
)

NEED_HINTS: dict[str, str] = {
    Need.Kind.SUSPECTED_SEND: "The SENDCo of the school is asked for an answer.",
    Need.Kind.TRAUMA: "Only those cleared for safeguarding read it, and you.",
}
LINES = ("needs", "triggers", "helps", "avoids")  # Of the profile, a line each.
VOICE_METHODS = [
    (Voice.Method.TALK, "We talked"),
    (Voice.Method.FACES, "They chose a face"),
    (Voice.Method.SCALE, "They gave a number"),
    (Voice.Method.DRAWING, "They drew, or took a photo"),
    (Voice.Method.WRITING, "They wrote it"),
    (Voice.Method.SCRIBED, "They told me, and I wrote it down"),
    (Voice.Method.OBSERVED, "They showed it, without words"),
]

ASKED_OF_METHOD: dict[str, str] = {
    Voice.Method.FACES: "face",
    Voice.Method.SCALE: "scale",
    Voice.Method.DRAWING: "upload",
}


class NeedForm(forms.Form):
    """One thing known of the child."""

    kind = forms.ChoiceField(
        label="What is it?", choices=Need.Kind.choices, widget=Radios(hints=NEED_HINTS, columns=2)
    )
    text = WordsForOthers(
        label="In a sentence",
        help_text="“Cannot settle when the room is loud.” What is so, not what is wrong with them.",
        max_length=500,
        widget=Textarea(rows=3),
    )
    area = WordsForOthers(
        is_said=False,
        label="Where it shows",
        help_text="A subject, a time of day, a place",
        max_length=60,
        required=False,
        widget=Text(),
    )
    source = WordsForOthers(
        is_said=False,
        label="How you know",
        help_text="Seen in maths on Tuesday; told by mum; the child’s own words",
        max_length=120,
        required=False,
        widget=Text(),
    )
    is_shared = forms.BooleanField(
        label="Share this with the school",
        help_text="Trauma is never shared here; a suspected need always reaches the SENDCo.",
        required=False,
    )


class EndNeedForm(forms.Form):
    ended_on = DateField(label="Since when is it no longer so?")
    note = WordsForOthers(label="How you know", max_length=200, required=False, widget=Text())


class AnswerForm(forms.Form):
    """What the school found of a suspected need; the day on its register where it came to that."""

    outcome = forms.ChoiceField(
        label="What was found?",
        choices=Need.Outcome.choices,
        required=False,
        widget=Radios(),
    )
    assessed = WordsForOthers(
        is_said=False,
        label="Assessments made, and by whom",
        help_text="“Speech and language screen by S. Sampler, 3 December.”",
        max_length=500,
        required=False,
        widget=Textarea(rows=2),
    )
    registered_on = DateField(
        label="Added to the school’s SEND register on",
        help_text="Only when the child is on the register.",
        called="The day",
        required=False,
    )
    answer = WordsForOthers(
        label="What the school found, or will do",
        help_text="Who raised it is told, and reads what you write.",
        max_length=500,
        widget=Textarea(rows=4),
    )

    @property
    def as_answer(self) -> Answer:
        data = self.cleaned_data
        return Answer(data["answer"], data["outcome"], data["assessed"], data["registered_on"])


class ScoreForm(forms.Form):
    """One score of one measure by one person."""

    measure = forms.ChoiceField(label="Which measure?", widget=Radios())
    informant = forms.ChoiceField(
        label="Who answered?", choices=Informant.choices, widget=Radios(columns=2)
    )
    occasion = forms.ChoiceField(
        label="When in the work?",
        choices=MeasureResult.Occasion.choices,
        widget=Radios(),
    )
    score = NumberField(
        label="Score",
        max_digits=6,
        decimal_places=2,
        widget=Number(whole=False, width=5),
    )
    taken_on = DateField(label="Day it was taken")
    note = WordsForOthers(
        label="Note",
        help_text="Anything that matters to how it is read. No wording of a licensed tool.",
        max_length=300,
        required=False,
        widget=Text(),
    )

    def __init__(self, *args: Any, measures: Sequence[Measure], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["measure"]
        field.choices = [(str(m.pk), m.name) for m in measures]  # type: ignore[attr-defined]
        field.widget.hints = {str(m.pk): hint_of(m) for m in measures}  # type: ignore[attr-defined]


def hint_of(measure: Measure) -> str:
    way = "lower" if measure.is_lower_better else "higher"
    licensed = " Licensed: type the score, never the questions." if measure.is_licensed else ""
    return f"{plain(measure.low)} to {plain(measure.high)}; {way} is better.{licensed}"


class StrikeOutForm(forms.Form):
    reason = WordsForOthers(
        label="Why is it struck out?",
        help_text="“Entered for the wrong child.” It stays, shown struck, and counts nowhere.",
        max_length=300,
        widget=Text(),
    )


class SchoolMayRead(forms.BooleanField):
    """A child's words are for those who work the case, unless the child says otherwise."""

    def __init__(self) -> None:
        super().__init__(
            label="The school may read this",
            help_text=(
                "Ask the child. Not ticked: who works the case reads it, and the school’s "
                "safeguarding lead. Ticked: their headteacher, SENDCo and teachers read it too."
            ),
            required=False,
        )


class VoiceForm(forms.Form):
    """What the child said or showed."""

    method = forms.ChoiceField(
        label="How did they tell you?",
        choices=VOICE_METHODS,
        widget=Radios(reveal=ASKED_OF_METHOD),
    )
    about = forms.ChoiceField(
        label="About what?",
        choices=[c for c in Voice.About.choices if c[0] != Voice.About.BELONGING],
        initial=Voice.About.VIEW,
        required=False,
        widget=Radios(inline=True),
    )
    question = WordsForOthers(
        label="What you asked", max_length=200, is_said=False, required=False, widget=Text()
    )
    words = WordsForOthers(
        label="Their own words",
        help_text="As they said them, or what you saw. Name no other child.",
        max_length=5000,
        required=False,
        widget=Textarea(rows=4),
    )
    face = FaceField(label="Which face?", required=False)
    scale = WholeField(
        label="Which number, 0 to 10?",
        required=False,
        widget=Number(width=2),
        error_messages={"invalid": "Which number: enter 0 to 10"},
    )
    upload = forms.FileField(
        label="The photo or scan", help_text="JPG, PNG or PDF, up to 10 MB", required=False
    )
    said_on = DateField(label="Date")
    is_shared = SchoolMayRead()

    def __init__(self, *args: Any, asking: Asking, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("face", "scale", "upload"):
            self.fields[name].plain_label = True  # type: ignore[attr-defined]
        questions = " · ".join(f"“{question}”" for question in asking.questions)
        self.fields["question"].help_text = f"At this age one may ask: {questions}"

    def clean(self) -> dict[str, Any]:
        """What belongs to a way of asking that was not chosen is not on the page, and counts not."""
        typed = super().clean() or {}
        for method, name in ASKED_OF_METHOD.items():
            if typed.get("method") != method:
                self.errors.pop(name, None)
                typed[name] = None
        return typed

    def clean_about(self) -> str:
        return self.cleaned_data["about"] or Voice.About.VIEW


class BelongingForm(forms.Form):
    """Two questions to the child and their words. Made to be handed over: large, and read aloud."""

    occasion = forms.ChoiceField(
        label="When in the work?", choices=Voice.Occasion.choices, widget=Radios(inline=True)
    )
    said_on = DateField(label="Date")
    words = WordsForOthers(
        label="Do you want to say more?",
        help_text="Your own words. A grown-up can write them down for you.",
        max_length=1000,
        required=False,
        widget=Textarea(rows=3),
    )
    is_shared = SchoolMayRead()
    sections = (
        Section("For the child", ("belonging", "participation", "words"), id="child"),
        Section("For the grown-up", ("occasion", "said_on", "is_shared"), id="adult"),
    )

    def __init__(self, *args: Any, asking: Asking, means: Means, **options: Any) -> None:
        super().__init__(*args, **options)
        self.means = means
        for part, question in (
            ("belonging", asking.belonging),
            ("participation", asking.participation),
        ):
            self.fields[part] = _answer(question, means)
            self.fields[part].reads_aloud = True  # type: ignore[attr-defined]
        self.fields["words"].reads_aloud = True  # type: ignore[attr-defined]

    @property
    def answers(self) -> Answers:
        data = self.cleaned_data
        return Answers(self.means, data["belonging"], data["participation"], data["words"])


def _answer(question: str, means: Means) -> forms.Field:
    if means == Means.FACES:
        return FaceField(label=question)
    return forms.TypedChoiceField(
        label=question,
        help_text="0 is not at all, 10 is completely",
        choices=[(n, str(n)) for n in range(11)],
        coerce=int,
        widget=Radios(inline=True),
    )


def _a_line_each(label: str, height: int) -> WordsForOthers:
    """The page says once for all of these boxes whom they may name."""
    return WordsForOthers(
        is_said=False,
        label=label,
        help_text="A line each",
        required=False,
        widget=Textarea(rows=height),
    )


class ProfileForm(forms.Form):
    """One page: the child's words, what helps, what to avoid. A line each."""

    instance_version: int | str | None = None

    words = WordsForOthers(
        label="In their own words",
        is_said=False,
        max_length=300,
        required=False,
        widget=Textarea(rows=2),
    )
    said_on = DateField(label="Said on", required=False)
    needs = _a_line_each("What they need for learning", 3)
    triggers = _a_line_each("Triggers", 3)
    helps = WordsForOthers(
        is_said=False,
        label="What helps",
        help_text=f"A line each, at most {MOST_LINES}, {LONGEST_LINE} characters a line",
        required=False,
        widget=Textarea(rows=5),
    )
    avoids = _a_line_each("What to avoid", 4)

    @property
    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return data | {name: data[name].splitlines() for name in LINES}


def profile_values(profile: Profile | None) -> dict[str, Any]:
    if profile is None:
        return {}
    said_on: date | None = profile.said_on
    return {
        "words": profile.words,
        "said_on": said_on,
    } | {name: "\n".join(getattr(profile, name)) for name in LINES}


class SeenForm(forms.Form):
    """What one observation showed. Each line is added to what is known, and to the profile."""

    instance_version: int | str | None = None

    strengths = _a_line_each("Strengths", 2)
    barriers = _a_line_each("What was hard, or is needed for learning", 2)
    triggers = _a_line_each("Triggers", 2)
    helps = _a_line_each("What helped", 2)
    avoids = _a_line_each("What to avoid", 2)

    @property
    def lines(self) -> dict[str, list[str]]:
        return {name: typed.splitlines() for name, typed in self.cleaned_data.items()}
