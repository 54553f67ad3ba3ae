"""Accounts that sign in, the staff they belong to, and the roles staff hold in places."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.core.permissions import ROLES, Role


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None) -> "Account":
        account = Account(email=self.normalize_email(email).lower())
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """What signs in: an e-mail address and its secrets. Holds no name, no role and no council."""

    handling = Handling(
        Keep.STAFF_FILE,
        {InformationClass.STAFF: "id password last_login email is_active created_at"},
    )

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    is_staff = False
    is_superuser = False

    def __str__(self) -> str:
        return self.email

    def has_perm(self, _permission: str, _obj: object = None) -> bool:
        return False  # Django's own permissions are not used: see core.permissions.

    def has_module_perms(self, _app_label: str) -> bool:
        return False


class Staff(CouncilModel):
    """A person who works in or with one council's services, or the council's system itself."""

    handling = Handling(
        Keep.STAFF_FILE,
        {
            InformationClass.SCHOOL: "id council created_at name job_title email phone is_active "
            "is_system",
            InformationClass.STAFF: "account employer line_manager",
        },
    )

    account = models.OneToOneField(Account, on_delete=models.PROTECT, null=True, blank=True)
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True, db_default="")  # A work number.
    # The employing school or service, which gives no access by itself (brief, rule 2c.1).
    employer = models.ForeignKey(
        "core.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="employees",
    )
    line_manager = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council"],
                condition=Q(is_system=True),
                name="a_council_has_one_system_actor",
            ),
            models.CheckConstraint(
                condition=Q(is_system=False) | Q(account__isnull=True),
                name="the_system_actor_never_signs_in",
            ),
            models.CheckConstraint(
                condition=Q(line_manager__isnull=True) | ~Q(line_manager=F("id")),
                name="nobody_is_their_own_line_manager",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoleAssignment(CouncilModel):
    """A role held by one person in one place between two dates."""

    handling = Handling(
        Keep.STAFF_FILE,
        {
            InformationClass.SCHOOL: "id council created_at staff role place starts_on ends_on",
            InformationClass.STAFF: "cleared_for taken_away_at taken_away_by taken_away_because",
        },
    )

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(
        max_length=40, choices=[(role.value, ROLES[role].label) for role in Role]
    )
    place = models.ForeignKey("core.Place", on_delete=models.PROTECT, related_name="assignments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    # Restricted classes this person is individually cleared for, where the matrix says "if cleared".
    cleared_for = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    # Given by mistake: no day is left on which it is held, not even the one on which it began.
    taken_away_at = models.DateTimeField(null=True, blank=True)
    taken_away_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_away_because = models.CharField(max_length=300, blank=True, db_default="")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on"))
                | Q(taken_away_at__isnull=False),
                name="a_role_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(taken_away_at__isnull=True)
                | (Q(ends_on__isnull=False) & ~Q(taken_away_because="")),
                name="a_role_taken_away_has_ended_and_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{ROLES[Role(self.role)].label}, {self.place}"
