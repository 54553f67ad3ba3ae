"""Work with a pupil: sessions and daily logs, each marked against the targets of the plan."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q

from alongside.core.actor import Actor
from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned, Wall
from alongside.core.days import day_of
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.core.reach import Reading

C2 = InformationClass.PUPIL


class WorkQuerySet[M: models.Model](CouncilQuerySet[M]):
    def readable_by(self, actor: Actor) -> Self:
        """A school reads what is shared with it; everybody reads what they wrote (ADR 0012).

        The pupil must already be in scope. The wall holds the same.
        """
        return self.read_as(actor.reading, actor.staff_id)

    def read_as(self, reading: Reading, staff_id: Any) -> Self:
        """`readable_by`, for a prepared query."""
        if reading.is_work_whole:
            return self
        own = Q(recorded_by_id=staff_id)
        return self.filter(own | Q(is_shared=True) if C2 in reading.classes else own)


class Session(CouncilModel, Versioned):
    """One planned piece of direct work, held or missed."""

    class Kind(models.TextChoices):
        ONE_TO_ONE = "ONE_TO_ONE", "One-to-one"
        MENTORING = "MENTORING", "Mentoring"
        GROUP = "GROUP", "Group"
        IN_CLASS = "IN_CLASS", "In class"
        HOME_VISIT = "HOME_VISIT", "Home visit"

    class Attendance(models.TextChoices):
        ATTENDED = "ATTENDED", "Attended"
        PART = "PART", "Attended part"
        MISSED = "MISSED", "Did not attend"

    wall = Wall.SHARED
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at version case pupil kind starts_at minutes place attendance "
            "reason_missed what_we_did response next_step face recorded_by is_shared shared_with"
        },
    )

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="sessions")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=10, choices=Kind)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120, blank=True)
    attendance = models.CharField(max_length=8, choices=Attendance)
    reason_missed = models.CharField(max_length=200, blank=True)
    what_we_did = models.TextField(blank=True)
    response = models.TextField(blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    face = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 5, chosen by the child.
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    is_shared = models.BooleanField(default=False)  # Expressly shared with the school.
    # The school it was shared with: the pupil may have moved since.
    shared_with = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = WorkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(attendance="MISSED") | ~Q(reason_missed=""),
                name="a_missed_session_says_why",
            ),
            models.CheckConstraint(
                condition=Q(face=None) | Q(face__range=(1, 5)),
                name="a_face_after_a_session_is_one_of_five",
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 480)), name="a_session_lasts_up_to_a_day"
            ),
        ]
        indexes = [models.Index(fields=["pupil", "-starts_at", "-id"], name="sessions_of_a_pupil")]

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class DailyLog(CouncilModel, Versioned):
    """One day of one pupil in class, in under a minute: targets, what worked, who was told."""

    wall = Wall.SHARED
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at version case pupil on face what_worked what_was_hard "
            "staff_told recorded_by is_shared shared_with"
        },
    )

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="daily_logs")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="daily_logs")
    on = models.DateField()
    face = models.PositiveSmallIntegerField(null=True, blank=True)
    what_worked = models.CharField(max_length=300, blank=True)
    what_was_hard = models.CharField(max_length=300, blank=True)
    staff_told = models.CharField(max_length=120, blank=True)
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    is_shared = models.BooleanField(default=False)  # Expressly shared with the school.
    # The school it was shared with: the pupil may have moved since.
    shared_with = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = WorkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "on", "recorded_by"], name="one_log_a_day_a_writer"
            ),
            models.CheckConstraint(
                condition=Q(face=None) | Q(face__range=(1, 5)),
                name="a_face_of_a_day_is_one_of_five",
            ),
        ]
        indexes = [models.Index(fields=["pupil", "-on", "-id"], name="logs_of_a_pupil")]


class TargetMark(CouncilModel):
    """How one target went in one session or on one day."""

    class Mark(models.TextChoices):
        MET = "MET", "Met"
        PARTLY = "PARTLY", "Partly"
        NOT_YET = "NOT_YET", "Not yet"
        NOT_SEEN = "NOT_SEEN", "Not seen today"

    handling = Handling(
        Keep.PUPIL_FILE, {C2: "id council created_at target session daily_log mark"}
    )

    target = models.ForeignKey("plans.Target", on_delete=models.PROTECT, related_name="marks")
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, null=True, blank=True, related_name="marks"
    )
    daily_log = models.ForeignKey(
        DailyLog, on_delete=models.CASCADE, null=True, blank=True, related_name="marks"
    )
    mark = models.CharField(max_length=8, choices=Mark)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(session__isnull=False, daily_log__isnull=True)
                | Q(session__isnull=True, daily_log__isnull=False),
                name="a_mark_belongs_to_a_session_or_a_day",
            ),
            models.UniqueConstraint(
                fields=["target", "session", "daily_log"],
                nulls_distinct=False,
                name="a_target_is_marked_once_each_time",
            ),
        ]


class Visit(CouncilModel):
    """A visit that somebody plans to a school, perhaps to see one pupil there."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at staff school pupil starts_at minutes purpose "
            "cancelled_because done_at"
        },
    )

    staff = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="visits")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="visits")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, null=True, blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=120)
    cancelled_because = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)  # When it was recorded as made.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=0), name="a_visit_takes_some_time"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(cancelled_because=""),
                name="a_visit_called_off_was_not_made",
            ),
        ]
        indexes = [
            models.Index(fields=["staff", "starts_at"], name="visits_of_staff"),
            models.Index(fields=["school", "-starts_at"], name="visits_to_a_school"),
        ]

    @property
    def on(self) -> date:
        return day_of(self.starts_at)
