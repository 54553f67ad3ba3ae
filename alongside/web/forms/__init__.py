"""Forms as accessible GOV.UK markup: `{{ form }}` is a whole part of a page. Must not know any model."""

from alongside.web.forms.fields import (
    NAME_NO_OTHER,
    DateField,
    FaceField,
    FilesField,
    MoneyField,
    NameOfGrownUp,
    NumberField,
    TypeAheadField,
    WholeField,
    WordsForOthers,
)
from alongside.web.forms.renderer import BoundField, Renderer, Section, name_row
from alongside.web.forms.widgets import (
    Checkboxes,
    Chosen,
    DateInput,
    Faces,
    Files,
    Number,
    Radios,
    Text,
    Textarea,
    TypeAhead,
)

__all__ = [
    "NAME_NO_OTHER",
    "BoundField",
    "Checkboxes",
    "Chosen",
    "DateField",
    "DateInput",
    "FaceField",
    "Faces",
    "Files",
    "FilesField",
    "MoneyField",
    "NameOfGrownUp",
    "Number",
    "NumberField",
    "Radios",
    "Renderer",
    "Section",
    "Text",
    "Textarea",
    "TypeAhead",
    "TypeAheadField",
    "WholeField",
    "WordsForOthers",
    "name_row",
]
