"""A school's request for support: what it tells, its evidence, and the answer to each criterion."""

from django.db import models
from django.db.models import F, Q

from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned, Wall
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.core.one_each import OneEach

C2, C3 = InformationClass.PUPIL, InformationClass.CASEWORK


class ReferralState(models.TextChoices):
    SENT = "SENT", "Received"
    SCREENING = "SCREENING", "Being screened"
    RETURNED = "RETURNED", "Returned: something is missing"
    WAITING = "WAITING", "On the waiting list"
    ACCEPTED = "ACCEPTED", "Accepted"
    DECLINED = "DECLINED", "Declined"
    SIGNPOSTED = "SIGNPOSTED", "Signposted"
    WITHDRAWN = "WITHDRAWN", "Withdrawn by the school"


class CameBy(models.TextChoices):
    SCHOOL = "SCHOOL", "Sent by the school"
    CALL = "CALL", "Taken from a professional’s call"


class Worry(models.TextChoices):
    HURTING = "HURTING", "Hurting others"
    LEAVING = "LEAVING", "Leaving lessons"
    ABSENCE = "ABSENCE", "Not coming in"
    UNSAFE = "UNSAFE", "Unsafe outside school"
    LOW_MOOD = "LOW_MOOD", "Very low mood"
    OTHER = "OTHER", "Something else"


class Referral(CouncilModel, Versioned):
    """One request for support for one pupil. Sent again after a return, it is the same referral."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at version reference pupil school service area framework state "
            "round sent_at sent_by screener decided_at decided_by case came_by",
            C3: "submission main_worry last_incident going_well days_suspended agreed_on agreed_by agreed_how "
            "decision_reason signposted_to previous caller_name caller_role caller_contact",
        },
    )

    one_each = OneEach(
        "a referral being looked at by one service",
        lambda row: f"referral {row.reference}",
        end_first="Decide or withdraw one of the two first, then merge.",
    )

    reference = models.CharField(max_length=20)
    submission = models.UUIDField(null=True, blank=True)  # One press of "send", however often.
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="referrals")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="referrals")
    service = models.ForeignKey("core.Place", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(
        "core.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    framework = models.ForeignKey(
        "pathways.Framework", on_delete=models.PROTECT, related_name="referrals"
    )
    state = models.CharField(max_length=10, choices=ReferralState, default=ReferralState.SENT)
    came_by = models.CharField(max_length=6, choices=CameBy, default=CameBy.SCHOOL)
    # Who rang, when it came by a call: their name, what they are and for whom, how to ring back.
    caller_name = models.CharField(max_length=120, blank=True)
    caller_role = models.CharField(max_length=120, blank=True)
    caller_contact = models.CharField(max_length=120, blank=True)
    round = models.PositiveSmallIntegerField(default=1)  # How often it was sent.
    main_worry = models.CharField(max_length=8, choices=Worry)
    last_incident = models.TextField()
    going_well = models.TextField(blank=True)
    days_suspended = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)  # Parental agreement to support.
    agreed_by = models.CharField(max_length=120, blank=True)
    agreed_how = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    screener = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision_reason = models.TextField(blank=True)
    signposted_to = models.CharField(max_length=200, blank=True)
    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="referral"
    )
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="re_referrals"
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "reference"], name="a_referral_reference_is_one"
            ),
            models.UniqueConstraint(
                fields=["council", "submission"], name="one_submission_makes_one_referral"
            ),
            models.CheckConstraint(
                condition=Q(days_suspended__isnull=True)
                | Q(days_suspended__gte=0, days_suspended__lte=45),
                name="nobody_is_suspended_for_more_than_45_days",
            ),
            models.UniqueConstraint(
                fields=["pupil", "service"],
                condition=Q(state__in=["SENT", "SCREENING", "RETURNED", "WAITING"]),
                name="one_live_referral_a_pupil_a_service",
            ),
            models.CheckConstraint(
                condition=Q(came_by="SCHOOL") | ~Q(caller_name=""),
                name="a_call_says_who_rang",
            ),
        ]
        indexes = [
            models.Index(fields=["council", "state", "-sent_at", "-id"], name="referrals_by_state"),
            models.Index(
                fields=["service", "created_at"],
                include=["council", "area", "state", "id"],
                name="referrals_received",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class SupportTried(CouncilModel):
    """One cycle of assess, plan, do, review that the school has been through."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {C3: "id council created_at referral starts_on ends_on what changed reviewed_on"},
    )

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="tried")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    what = models.CharField(max_length=300)
    changed = models.CharField(max_length=300, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="support_tried_ends_after_it_starts",
            )
        ]


class Evidence(CouncilModel):
    """A paper that came with a referral."""

    handling = Handling(
        Keep.PUPIL_FILE, {C3: "id council created_at referral file what shows added_by"}
    )

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=120)
    # What the school says this paper shows: any file at all would otherwise meet the criterion.
    shows = models.ForeignKey(
        "pathways.Criterion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()


class SentRound(CouncilModel):
    """What was sent in an earlier round, as it was: kept when the school sends again."""

    wall = Wall.APPEND
    handling = Handling(
        Keep.PUPIL_FILE,
        {C2: "id council created_at referral round sent_at", C3: "told tried paper_ids"},
    )

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="sent_rounds")
    round = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    told = models.JSONField()  # The columns of the referral by name.
    tried = models.JSONField()  # Its cycles, in order.
    paper_ids = models.JSONField()  # The evidence it had.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "round"], name="a_round_is_kept_once")
        ]


class CriterionAnswer(CouncilModel):
    """What the screener found for one criterion in one round, and what would meet it."""

    class Finding(models.TextChoices):
        MET = "MET", "Met"
        NOT_YET = "NOT_YET", "Not yet met"
        CANNOT_TELL = "CANNOT_TELL", "Cannot tell"

    handling = Handling(
        Keep.PUPIL_FILE,
        {C3: "id council created_at referral criterion round finding note do_by answered_by"},
    )

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="answers")
    criterion = models.ForeignKey("pathways.Criterion", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    finding = models.CharField(max_length=11, choices=Finding)
    note = models.CharField(max_length=500, blank=True)  # The evidence, or what would meet it.
    do_by = models.DateField(null=True, blank=True)  # When the adjustment should be made.
    answered_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "criterion", "round"],
                name="a_criterion_is_answered_once_a_round",
            )
        ]


class Step(CouncilModel):
    """One step of a referral from state to state: when, by whom and why. Never changed."""

    wall = Wall.APPEND
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at referral name from_state to_state round taken_by",
            C3: "reason",
        },
    )

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="steps")
    name = models.CharField(max_length=16)  # A key of policy.TRANSITIONS, or "send".
    from_state = models.CharField(max_length=10, choices=ReferralState, blank=True)
    to_state = models.CharField(max_length=10, choices=ReferralState)
    round = models.PositiveSmallIntegerField()
    reason = models.TextField()
    taken_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["referral", "id"]
