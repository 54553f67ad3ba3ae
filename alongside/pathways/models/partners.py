"""The directory of local services, and the protocols and agreements that partners work by."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.pathways.models.framework import Phase

C1 = InformationClass.SCHOOL


class Listing(CouncilModel):
    """One local service: for whom, at which stage, and how to refer. Never about a pupil."""

    handling = Handling(
        Keep.SETTINGS,
        {
            C1: "id council created_at key name text criteria stages for_phase how_to_refer contact "
            "website source checked_on ends_on search digest"
        },
    )

    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    text = models.TextField()  # What it does.
    criteria = models.TextField(blank=True)
    # Stages as framework key and stage: "eastmere-inclusion.outreach". Empty: at any stage.
    stages = ArrayField(models.CharField(max_length=122), default=list, blank=True)
    for_phase = models.CharField(max_length=9, choices=Phase, blank=True)
    how_to_refer = models.TextField()
    contact = models.CharField(max_length=200, blank=True)
    website = models.URLField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    checked_on = models.DateField(null=True, blank=True)  # Else "check before relying on it".
    ends_on = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # Of the pack it was read from.
    search = models.TextField(blank=True)  # What it is found by: its words, folded.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "key"], name="a_service_is_listed_once")
        ]

    def __str__(self) -> str:
        return self.name


class Protocol(CouncilModel, Versioned):
    """One version of what partners agree to work by, or of a plan they develop together."""

    class Kind(models.TextChoices):
        PROTOCOL = "PROTOCOL", "Protocol"
        AGREEMENT = "AGREEMENT", "Agreement"
        DEVELOPMENT_PLAN = "DEVELOPMENT", "Service development plan"

    handling = Handling(
        Keep.SCHOOL_RECORD,
        {
            C1: "id council created_at version key number title kind owner text changed_because "
            "written_by shared_on agreed_on review_on ended_on"
        },
    )

    key = models.SlugField(max_length=60)  # The same in every version.
    number = models.PositiveSmallIntegerField(default=1)  # The version, as people say it.
    title = models.CharField(max_length=150)
    kind = models.CharField(max_length=11, choices=Kind)
    owner = models.ForeignKey("core.Place", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    changed_because = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    shared_on = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    review_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)  # A newer version was agreed.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "key", "number"], name="a_protocol_version_stands_once"
            ),
            models.UniqueConstraint(
                fields=["council", "key"],
                condition=Q(agreed_on=None, ended_on=None),
                name="one_version_of_a_protocol_is_being_agreed",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True) | Q(shared_on__lte=F("agreed_on")),
                name="a_protocol_is_shared_before_it_is_agreed",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProtocolAnswer(CouncilModel):
    """What one partner said of a version: a comment, yes or no. Kept as it was said."""

    class Answer(models.TextChoices):
        COMMENT = "COMMENT", "A comment"
        AGREES = "AGREES", "Agrees"
        DISAGREES = "DISAGREES", "Does not agree yet"

    handling = Handling(
        Keep.SCHOOL_RECORD,
        {C1: "id council created_at protocol partner said_by answer words said_on recorded_by"},
    )

    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="answers")
    partner = models.CharField(max_length=120)  # The school, team or group.
    said_by = models.CharField(max_length=120)
    answer = models.CharField(max_length=9, choices=Answer)
    words = models.TextField(blank=True)
    said_on = models.DateField()
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["protocol", "said_on", "id"], name="answers_of_a_protocol")]
