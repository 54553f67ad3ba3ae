"""Forms as accessible GOV.UK markup: `{{ form }}` is a whole part of a page. Must not know any model."""

from .fields import (
    DateField,
    FaceField,
    FilesField,
    MoneyField,
    TypeAheadField,
)
from .renderer import BoundField, Renderer, Section
from .widgets import (
    Checkboxes,
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
    "BoundField",
    "Checkboxes",
    "DateField",
    "DateInput",
    "FaceField",
    "Faces",
    "Files",
    "FilesField",
    "MoneyField",
    "Number",
    "Radios",
    "Renderer",
    "Section",
    "Text",
    "Textarea",
    "TypeAhead",
    "TypeAheadField",
]
