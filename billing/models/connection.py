"""How a practice reaches a clearinghouse: login, numbers on the envelope, and where the next control number stands."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from practice.crypto import EncryptedField
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey

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
    password_set_at = models.DateTimeField(null=True, editable=False)
    private_key = EncryptedField(blank=True, editable=False)
    public_key = models.TextField(blank=True, editable=False)
    key_set_at = models.DateTimeField(null=True, editable=False)
    host_key = models.TextField("host key", blank=True, help_text="The server's public key in OpenSSH form, pinned.")
    offered_host_key = models.TextField(blank=True, editable=False)
    submitter_id = models.CharField("submitter ID", max_length=15, validators=[identifier_validator])
    receiver_id = models.CharField("receiver ID", max_length=15, validators=[identifier_validator])
    receiver_name = models.CharField(max_length=60)
    usage = models.CharField(max_length=1, choices=Usage.choices, default=Usage.TEST)
    is_active = models.BooleanField(default=True)
    is_default = models.BooleanField("claims leave through this connection", default=True)
    removes_fetched = models.BooleanField("delete answers there once they are stored and read", default=False)
    claims_per_transaction = models.PositiveSmallIntegerField("most claims in one ST", null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by_name = models.CharField(max_length=130, blank=True, editable=False)
    last_contact_at = models.DateTimeField(null=True, editable=False)
    through_id = models.BigIntegerField("organization whose connection it is", null=True, editable=False)
    through_name = models.CharField(max_length=120, blank=True, editable=False)
    through_contact = models.JSONField("whom to ask about a file", default=dict, editable=False)
    through_connection_id = models.BigIntegerField(null=True, editable=False)
    offered_at = models.DateTimeField(null=True, editable=False)
    chosen_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
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
            models.UniqueConstraint(
                fields=["practice", "through_id", "through_connection_id"], name="connection_through_once"
            ),
            models.CheckConstraint(
                condition=Q(claims_per_transaction=None) | Q(claims_per_transaction__gte=1),
                name="connection_transaction_has_claims",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_sandbox(self) -> bool:
        """Whether the answers come from the sandbox payer, which the pages must say."""
        return self.layout.startswith("sandbox")


class SharedConnection(TenantModel):
    """An MSO's side of a connection that a practice sends through: offered, chosen, ended; and who is paid.

    `for_practice` is the practice's number, never a key: no row is read across tenants.
    """

    connection = TenantForeignKey(Connection, models.CASCADE, related_name="shares")
    for_practice = models.BigIntegerField()
    practice_name = models.CharField(max_length=120)
    offered_at = models.DateTimeField()
    offered_by_name = models.CharField(max_length=130)
    chosen_at = models.DateTimeField(null=True)
    chosen_by_name = models.CharField(max_length=130, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=130, blank=True)
    npis = models.JSONField("NPIs under which the practice is or was paid, the newest first", default=list)
    tax_id = EncryptedField(blank=True)
    former_tax_ids = EncryptedField("those before it, with spaces between them", blank=True)
    called_at = models.DateTimeField("when its waiting batches were last called for", null=True)
    called_by_name = models.CharField(max_length=130, blank=True)
    called_batches = models.PositiveIntegerField("how many left then", default=0)
    called_claims = models.PositiveIntegerField("with how many claims", default=0)

    class Meta:
        ordering = ["practice_name"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "connection", "for_practice"], name="shared_connection_once")
        ]

    def __str__(self) -> str:
        return f"{self.practice_name} through {self.connection_id}"

    @property
    def tax_ids(self) -> list[str]:
        """Every tax ID under which the practice is or was paid, the newest first, digits only."""
        return [one for one in (str(self.tax_id), *str(self.former_tax_ids).split()) if one]


class SendingTimes(TenantModel):
    """When claims leave: at these times of day; without a row, after the practice's delay."""

    times = ArrayField(models.TimeField(), help_text="in the practice's zone")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice"], name="sending_times_once")]

    def __str__(self) -> str:
        return ", ".join(f"{one:%H:%M}" for one in self.times)


class HostLease(models.Model):
    """Shared, local: who speaks with a server now; one line at a time to each."""

    host = models.CharField(max_length=140, unique=True)
    holder = models.UUIDField()
    lease_until = models.DateTimeField()

    def __str__(self) -> str:
        return self.host


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
