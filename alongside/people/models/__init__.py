"""The tables of people, one module a noun."""

from alongside.people.models.around import Capacity, Carer, Involvement, Professional
from alongside.people.models.chronology import ChronologyEntry, ChronologyQuerySet, EntryKind
from alongside.people.models.class_list import ColumnMapping, ListRow, PupilList
from alongside.people.models.concern import Concern
from alongside.people.models.name_word import NameWord
from alongside.people.models.pupil import (
    Address,
    Enrolment,
    EnrolmentStatus,
    Flag,
    Merge,
    Pupil,
    PupilQuerySet,
    SenProvision,
    called,
    in_scope,
    reasons,
)

__all__ = [
    "Address",
    "Capacity",
    "Carer",
    "ChronologyEntry",
    "ChronologyQuerySet",
    "ColumnMapping",
    "Concern",
    "Enrolment",
    "EnrolmentStatus",
    "EntryKind",
    "Flag",
    "Involvement",
    "ListRow",
    "Merge",
    "NameWord",
    "Professional",
    "Pupil",
    "PupilList",
    "PupilQuerySet",
    "SenProvision",
    "called",
    "in_scope",
    "reasons",
]
