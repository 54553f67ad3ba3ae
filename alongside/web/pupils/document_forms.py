"""What is typed to add a document or to remove one."""

from typing import Any

from django import forms

from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.web.forms import DateField, Radios, Section, Text, Textarea, WordsForOthers
from alongside.web.pupils.forms import CLASS_HINTS, WRITTEN_BY_HAND

HINTS = CLASS_HINTS | {"C2": "Who works with the pupil. The school only when you share it."}


class DocumentForm(forms.Form):
    upload = forms.FileField(
        label="File",
        help_text="A PDF, picture, Word, Excel or text file, up to 10 MB. A Word or Excel file "
        "without macros.",
        error_messages={"required": "Choose the file", "empty": "This file is empty"},
    )
    title = WordsForOthers(
        label="What it is",
        max_length=120,
        help_text="As you would ask for it: “Letter from the paediatrician”. Name no other child.",
        error_messages={"required": "Enter what it is"},
        widget=Text(),
    )
    dated_on = DateField(label="The day it bears", required=False)
    information_class = forms.ChoiceField(
        label="Who may read it?",
        widget=Radios(hints=HINTS),
        error_messages={"required": "Choose who may read it"},
    )

    sections = (
        Section("The document", ("upload", "title", "dated_on")),
        Section("Who sees it", ("information_class",)),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["dated_on"].latest = actor.today  # type: ignore[attr-defined]
        self.fields["information_class"].choices = [  # type: ignore[attr-defined]
            (c.value, c.label) for c in WRITTEN_BY_HAND if c in actor.writes
        ]
        self.initial.setdefault("information_class", InformationClass.CASEWORK.value)


class ChangeDocumentForm(DocumentForm):
    """The same of a document that stands: the file itself is not changed."""

    instance_version: int | str = 0

    sections = (
        Section("The document", ("title", "dated_on")),
        Section("Who sees it", ("information_class",)),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["upload"]


class RemoveForm(forms.Form):
    reason = WordsForOthers(
        label="Why should it not be here?",
        max_length=300,
        help_text="Such as: it is about another child. Name nobody.",
        widget=Textarea(rows=3, count=300),
    )
