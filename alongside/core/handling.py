"""How sensitive each stored field is and how long it is kept. Declared beside every model."""

from dataclasses import dataclass
from enum import StrEnum


class InformationClass(StrEnum):
    """The nine classes of information. Every record has one; the access matrix is about them."""

    SCHOOL = "C1"
    PUPIL = "C2"
    CASEWORK = "C3"
    HEALTH_AND_SEND = "C4"
    SAFEGUARDING = "C5"
    FAMILY = "C6"
    CHALLENGE = "C7"
    STAFF = "C8"
    AGGREGATE = "C9"

    @property
    def label(self) -> str:
        return CLASS_LABELS[self]


CLASS_LABELS = {
    InformationClass.SCHOOL: "School-level",
    InformationClass.PUPIL: "Pupil core",
    InformationClass.CASEWORK: "Casework",
    InformationClass.HEALTH_AND_SEND: "Health and SEND documents",
    InformationClass.SAFEGUARDING: "Safeguarding and social care",
    InformationClass.FAMILY: "Family-confidential",
    InformationClass.CHALLENGE: "Challenge and oversight",
    InformationClass.STAFF: "Staff",
    InformationClass.AGGREGATE: "Aggregate",
}

# The database itself keeps these from anyone without clearance.
RESTRICTED = frozenset(
    {
        InformationClass.SAFEGUARDING,
        InformationClass.FAMILY,
        InformationClass.CHALLENGE,
        InformationClass.STAFF,
    }
)


class Keep(StrEnum):
    """How long a field is kept: a name that `rules.retention` gives a period and an authority."""

    PUPIL_FILE = "pupil file"
    SAFEGUARDING_FILE = "safeguarding file"
    SCHOOL_RECORD = "school record"
    STAFF_FILE = "staff file"
    AUDIT = "audit trail"
    SETTINGS = "while in use"
    SHORT = "days, not weeks"


@dataclass(frozen=True)
class Handling:
    """The handling of one model: every concrete field named once, under its information class.

    `fields` maps a class to the names of fields, separated by spaces. A test fails when a model
    has a field that stands in none of them, or names one that it does not have.
    """

    keep: Keep
    fields: dict[InformationClass, str]

    def class_of(self, field: str) -> InformationClass | None:
        for information_class, names in self.fields.items():
            if field in names.split():
                return information_class
        return None

    def names(self) -> set[str]:
        return {name for names in self.fields.values() for name in names.split()}
