"""How a practice reaches a clearinghouse: login, numbers on the envelope, and where the next control number stands."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from practice.crypto import EncryptedField
from practice.tenancy.base import TenantModel

identifier_validator = RegexValidator(
    r"^[A-Za-z0-9 .\-]{2,15}$", "This number has 2 to 15 letters, digits, periods or hyphens."
)


class Connection(TenantModel):
    """One login at one clearinghouse. `layout` names its folders and envelope in `billing.clearinghouses.layouts`."""

    class Usage(models.TextChoices):
        TEST = "T", "Test"
        PRODUCTION = "P", "Production"

    name = models.CharField(max_length=60)
    layout = models.CharField("clearinghouse", max_length=20)
    host = models.CharField(max_length=120)
    port = models.PositiveIntegerField(default=22)
    username = models.CharField("user name", max_length=60)
    password = EncryptedField(blank=True)
    host_key = models.TextField("host key", blank=True, help_text="The server's public key in OpenSSH form, pinned.")
    offered_host_key = models.TextField(blank=True, editable=False)
    submitter_id = models.CharField("submitter ID", max_length=15, validators=[identifier_validator])
    receiver_id = models.CharField("receiver ID", max_length=15, validators=[identifier_validator])
    receiver_name = models.CharField(max_length=60)
    usage = models.CharField(max_length=1, choices=Usage.choices, default=Usage.TEST)
    is_active = models.BooleanField(default=True)
    is_default = models.BooleanField("claims leave through this connection", default=True)
    trouble = models.CharField(max_length=300, blank=True, editable=False)
    trouble_since = models.DateTimeField(null=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    last_polled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "name"], name="connection_name_once"),
            models.UniqueConstraint(
                fields=["practice"], condition=Q(is_default=True, is_active=True), name="connection_default_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_sandbox(self) -> bool:
        """Whether the answers come from the sandbox payer, which the pages must say."""
        return self.layout == "sandbox"


class ConnectionState(models.Model):
    """Shared, local: what a connection counts and remembers. Numbers are never given twice."""

    practice_id = models.BigIntegerField()
    connection_id = models.BigIntegerField()
    next_interchange = models.PositiveIntegerField(default=1)
    cursor = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice_id", "connection_id"], name="connection_state_once"),
            models.CheckConstraint(
                condition=Q(next_interchange__gte=1, next_interchange__lte=1_000_000_000),
                name="connection_state_number_has_nine_digits",
            ),
        ]

    def __str__(self) -> str:
        return f"Connection {self.connection_id}"
