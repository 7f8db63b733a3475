"""Users of every kind, and what each person chose for themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone

COLOURS = 7  # pairs of avatar colours in the style sheet


class Kind(models.TextChoices):
    PERSON = "person", "person"
    INTEGRATION = "integration", "integration"
    IMPORTED = "imported", "imported"
    AUTOMATIC = "automatic", "automatic"


class UserQuerySet(models.QuerySet["User"]):
    def persons(self) -> UserQuerySet:
        """Those who can sign in and become responsible."""
        return self.filter(kind=Kind.PERSON, is_active=True)

    def with_email(self, email: str) -> UserQuerySet:
        """The one with this address, without regard to case; by the index on the lower-cased address."""
        return self.alias(address=Lower("email")).filter(address=email.strip().lower())

    def visible_to(self, user: User) -> UserQuerySet:
        """Everybody who shares, or shared, a team with ``user``; everybody for an administrator."""
        from_teams = user.team_ids()
        if from_teams is None:
            return self.all()
        shared = self.model._meta.get_field("memberships").related_model.objects.filter(user=OuterRef("pk"), team_id__in=from_teams)  # type: ignore[union-attr]
        return self.filter(Q(pk=user.pk) | Exists(shared))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(
        self,
        email: str | None,
        display_name: str,
        password: str | None = None,
        **fields: Any,
    ) -> User:
        user = self.model(
            email=email.strip().lower() if email else None,
            display_name=display_name,
            **fields,
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str) -> User:
        return self.with_email(email).get()


class User(AbstractBaseUser):
    """Somebody, or something, that acts in Baton.

    Only a *person* signs in or becomes responsible. An *integration* is a machine client of the API, an
    *imported* user a name from another system's log, an *automatic* one that log's own robot.
    """

    email = models.EmailField("e-mail address", null=True, blank=True)  # noqa: DJ001 - none is no address, and many have none
    display_name = models.CharField("name", max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    is_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    source = models.CharField(max_length=60, blank=True, help_text="The other system, for an imported name.")
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    _levels: dict[int, str]  # set beforehand for an integration, whose token says which team it belongs to

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message="Somebody with this e-mail address is here already.",
            ),
            models.UniqueConstraint(
                fields=["source", "display_name"],
                condition=Q(kind__in=[Kind.IMPORTED, Kind.AUTOMATIC]),
                name="user_imported_name_unique",
            ),
            models.CheckConstraint(
                name="user_person_has_email",
                condition=~Q(kind=Kind.PERSON) | Q(email__isnull=False),
                violation_error_message="A person needs an e-mail address.",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.first_name

    @property
    def is_person(self) -> bool:
        return self.kind == Kind.PERSON

    @property
    def is_integration(self) -> bool:
        return self.kind == Kind.INTEGRATION

    @property
    def first_name(self) -> str:
        """The first word of the name: for sentences such as “Ask Dev how it went”."""
        return self.display_name.split(" ", 1)[0]

    @property
    def initials(self) -> str:
        words = self.display_name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def colour(self) -> int:
        """Which of the avatar's colour pairs: fixed per person, so that a face keeps its colour."""
        return (self.pk or 0) % COLOURS

    def team_ids(self) -> list[int] | None:
        """Ids of the teams this user belongs to now; ``None`` means every team (administrators).

        Kept on the instance: it is asked for in every ``visible_to`` of a request.
        """
        if self.is_administrator and self.is_active:
            return None
        return sorted(self.levels())

    def levels(self) -> dict[int, str]:
        """Team id → *member* or *lead*, for the teams this user belongs to now. Kept on the instance."""
        if not hasattr(self, "_levels"):
            if not self.is_active:
                self._levels = {}
            elif self.is_integration:
                self._levels = {self.integration.team_id: "member"}
            else:
                self._levels = dict(self.memberships.current().values_list("team_id", "level"))
        return self._levels

    def keep_levels(self, levels: dict[int, str]) -> None:
        """Remember what somebody has just looked up for other reasons, so that nobody asks again in this request."""
        self._levels = levels

    def is_lead_of(self, team_id: int) -> bool:
        """Whether this user decides for the team: as its lead, or as an administrator."""
        return self.is_active and (self.is_administrator or self.levels().get(team_id) == "lead")

    def belongs_to_as_member(self, team_id: int) -> bool:
        """Whether this user is a colleague of the team: an administrator from elsewhere sees it but holds nothing in it."""
        return self.is_active and team_id in self.levels()

    def belongs_to(self, team_id: int) -> bool:
        """Whether this user sees and changes what belongs to the team."""
        return self.is_active and (self.is_administrator or team_id in self.levels())


class Preference(models.Model):
    """What a person chose: how they hear of things, and how pages look to them."""

    user = models.OneToOneField(User, models.CASCADE, related_name="preference")
    email_notices = models.BooleanField("also send me e-mail", default=True)
    reminders = models.JSONField(
        default=dict,
        blank=True,
        help_text="Kind of reminder → channels chosen, where it differs from the default.",
    )
    shortcuts = models.BooleanField("single-key shortcuts", default=True)
    theme = models.CharField(
        max_length=6,
        default="system",
        choices=[("system", "as the device"), ("light", "light"), ("dark", "dark")],
    )

    def __str__(self) -> str:
        return f"Preferences of {self.user_id}"
