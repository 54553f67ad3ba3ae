"""What stands on a person's desk: drafts not yet saved, notices not yet read, files handed in."""

from django.db import models

from alongside.core.base import CouncilModel, CouncilQuerySet, Wall
from alongside.core.handling import Handling, InformationClass, Keep


class Draft(CouncilModel):
    """What one person has typed into one form and not yet sent. Nobody else can read it."""

    wall = Wall.OWN
    keeps_history = False
    handling = Handling(
        Keep.SHORT,
        {InformationClass.SAFEGUARDING: "id council created_at staff key content updated_at"},
    )

    staff = models.ForeignKey("core.Staff", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)  # The form's path and purpose: "/referrals/new/".
    content = models.JSONField()  # Field name to the list of values typed.
    updated_at = models.DateTimeField()

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "key"], name="one_draft_a_person_a_form")
        ]


class Sent(CouncilModel):
    """One form that one person sent once, and the page it led to: sent again, it leads there again.

    `token` is a digest of the page it came from and of what was typed; nothing typed is in it.
    """

    wall = Wall.OWN
    keeps_history = False
    handling = Handling(
        Keep.SHORT, {InformationClass.PUPIL: "id council created_at staff token url"}
    )

    staff = models.ForeignKey("core.Staff", on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    url = models.CharField(max_length=300, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "token"], name="a_form_is_sent_once")
        ]


class Notice(CouncilModel):
    """Something new to one person: shown on Today until seen. Names no child in its text."""

    keeps_history = False
    handling = Handling(
        Keep.SHORT,
        {InformationClass.PUPIL: "id council created_at staff kind text url seen_at pupil_id"},
    )

    staff = models.ForeignKey("core.Staff", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)
    pupil_id = models.BigIntegerField(null=True)  # Resolved to a name only for who may see it.
    seen_at = models.DateTimeField(null=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["staff", "seen_at", "-id"], name="notices_unseen")]


class Reminders(CouncilModel):
    """How one person is reminded outside the service: a digest by e-mail, a calendar to subscribe to.

    Neither names a child. Of the calendar's secret address only a hash is kept.
    """

    class Digest(models.TextChoices):
        DAILY = "DAILY", "Every working day"
        WEEKLY = "WEEKLY", "Once a week"
        NEVER = "NEVER", "Never"

    wall = Wall.OWN
    handling = Handling(
        Keep.SHORT,
        {
            InformationClass.STAFF: "id council created_at staff digest weekday tells_overdue "
            "tells_week tells_new tells_team sent_on calendar_hash calendar_made_at"
        },
    )

    staff = models.OneToOneField("core.Staff", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=6, choices=Digest, default=Digest.WEEKLY)
    weekday = models.PositiveSmallIntegerField(default=0)  # Monday is 0.
    tells_overdue = models.BooleanField(default=True)
    tells_week = models.BooleanField(default=True)
    tells_new = models.BooleanField(default=True)
    tells_team = models.BooleanField(default=True)
    sent_on = models.DateField(null=True, blank=True)
    calendar_hash = models.CharField(max_length=64, blank=True)
    calendar_made_at = models.DateTimeField(null=True, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__lte=4), name="a_digest_comes_on_a_working_day"
            ),
            models.UniqueConstraint(
                fields=["calendar_hash"],
                condition=~models.Q(calendar_hash=""),
                name="a_calendars_address_is_one_persons",
            ),
        ]


class StoredFile(CouncilModel):
    """A file somebody handed in: its bytes lie under the data folder, named by this row's key."""

    wall = Wall.CLEARANCE
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.CASEWORK: "id council created_at name content_type size sha256 path "
            "information_class uploaded_by is_shared"
        },
    )

    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # Bytes.
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    information_class = models.CharField(
        max_length=2, choices=[(c.value, c.label) for c in InformationClass]
    )
    uploaded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    is_shared = models.BooleanField(default=False)

    objects = CouncilQuerySet.as_manager()
