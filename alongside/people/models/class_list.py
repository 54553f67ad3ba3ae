"""A class list handed in: what each line would do, shown and decided before anything changes."""

from django.db import models

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.people.models.pupil import Pupil


class ColumnMapping(CouncilModel):
    """Which column of a school's lists means what, remembered for its next list."""

    handling = Handling(
        Keep.SETTINGS, {InformationClass.SCHOOL: "id council created_at school headers columns"}
    )

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="mappings")
    headers = models.JSONField()  # The header row this mapping was made for.
    columns = models.JSONField()  # Field name to column name.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "headers"], name="one_mapping_a_header_row")
        ]


class PupilList(CouncilModel):
    """One class list or transfer file, from being read to being applied (or left)."""

    class State(models.TextChoices):
        READ = "READ", "Read, nothing changed yet"
        APPLYING = "APPLYING", "Being applied"
        APPLIED = "APPLIED", "Applied"
        LEFT = "LEFT", "Left without changing anything"

    handling = Handling(
        Keep.SHORT,
        {
            InformationClass.PUPIL: "id council created_at school name columns state counts "
            "read_by applied_at progress sha256"
        },
    )

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="lists")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.READ)
    counts = models.JSONField(default=dict)  # Outcome to number of lines.
    progress = models.PositiveIntegerField(default=0)  # Lines done.
    read_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = CouncilQuerySet.as_manager()


class ListRow(CouncilModel):
    """One line of a list: what it says, whom it matches and why, what it would do."""

    class Outcome(models.TextChoices):
        CREATE = "CREATE", "New pupil"
        CHANGE = "CHANGE", "Known, something changes"
        SAME = "SAME", "Known, nothing changes"
        DOUBT = "DOUBT", "Could be somebody we know: you decide"
        REFUSE = "REFUSE", "Cannot be read"

    handling = Handling(
        Keep.SHORT,
        {
            InformationClass.PUPIL: "id council created_at pupil_list line outcome pupil incoming "
            "differences reasons decision applied_at"
        },
    )

    pupil_list = models.ForeignKey(PupilList, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=6, choices=Outcome)
    pupil = models.ForeignKey(
        Pupil, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    incoming = models.JSONField(default=dict)
    differences = models.JSONField(default=list)
    reasons = models.JSONField(default=list)  # In words; for REFUSE: column, problem, remedy.
    decision = models.CharField(max_length=8, blank=True)  # For DOUBT: "same", "keep", "new" …
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pupil_list", "line"], name="a_line_stands_once_in_its_list"
            )
        ]
