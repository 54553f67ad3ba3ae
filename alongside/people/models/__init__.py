"""The tables of people, one module a noun."""

from alongside.people.models.around import Capacity, Carer, Involvement, Professional
from alongside.people.models.chronology import ChronologyEntry, ChronologyQuerySet, EntryKind
from alongside.people.models.class_list import ColumnMapping, ListRow, PupilList
from alongside.people.models.concern import Concern
from alongside.people.models.document import NEVER_SHARED, Document, DocumentQuerySet
from alongside.people.models.name_word import NameWord
from alongside.people.models.needs import Condition, PathwaySpell, on_pathway
from alongside.people.models.pupil import (
    MAIN,
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
from alongside.people.models.register_change import RegisterChange

__all__ = [
    "MAIN",
    "NEVER_SHARED",
    "Address",
    "Capacity",
    "Carer",
    "ChronologyEntry",
    "ChronologyQuerySet",
    "ColumnMapping",
    "Concern",
    "Condition",
    "Document",
    "DocumentQuerySet",
    "Enrolment",
    "EnrolmentStatus",
    "EntryKind",
    "Flag",
    "Involvement",
    "ListRow",
    "Merge",
    "NameWord",
    "PathwaySpell",
    "Professional",
    "Pupil",
    "PupilList",
    "PupilQuerySet",
    "RegisterChange",
    "SenProvision",
    "called",
    "in_scope",
    "on_pathway",
    "reasons",
]
