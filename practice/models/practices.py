"""The tenants and who may enter them: shared reference rows, written seldom and only on purpose."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models

from practice.permissions import Role


class Practice(models.Model):
    """A business: a practice, or an MSO or IPA that serves practices and treats nobody."""

    class Kind(models.TextChoices):
        PRACTICE = "practice", "Practice"
        MSO = "mso", "Management services organization (MSO)"
        IPA = "ipa", "Independent practice association (IPA)"

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PRACTICE)
    name = models.CharField(max_length=120)
    slug = models.SlugField(
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "Use small letters, digits and single hyphens.")],
    )
    time_zone = models.CharField(max_length=40, default="America/New_York")
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["practice", "mso", "ipa"]), name="practice_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def treats_clients(self) -> bool:
        """Whether there are clients, sessions and claims here at all."""
        return self.kind == self.Kind.PRACTICE


class Membership(models.Model):
    """A person's access to one practice: roles, and what an owner added to or took from them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list)
    added = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    removed = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    agreement_on = models.DateField("business-associate agreement signed on", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "user"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(roles__len__gte=1), name="membership_has_a_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.practice}"

    @property
    def role_names(self) -> str:
        """The roles in words, as the team page shows them."""
        return ", ".join(Role(role).label for role in self.roles)


class Affiliation(models.Model):
    """What a practice lets the staff of an MSO or IPA do, and from when to when."""

    organization = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="served")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="affiliations")
    permissions = ArrayField(models.CharField(max_length=40), default=list)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "practice", "starts_on"], name="affiliation_once"),
            models.CheckConstraint(condition=~models.Q(organization=models.F("practice")), name="affiliation_of_two"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="affiliation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} serves {self.practice}"
