"""What came back: files as they arrived, and the transactions in them."""

from __future__ import annotations

from typing import Final

from django.db import models

from billing.models.connection import Connection
from billing.models.sending import Request
from practice.models import StoredFile
from practice.states import StateField, Transitions
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class InboundFile(TenantModel):
    """A file as it arrived: stored before it is read, whatever stands in it."""

    class Status(models.TextChoices):
        STORED = "stored", "Stored"
        READ = "read", "Read"
        UNREADABLE = "unreadable", "Unreadable"
        DUPLICATE = "duplicate", "Arrived before"
        SET_ASIDE = "set_aside", "Set aside"

    class Source(models.TextChoices):
        CONNECTION = "connection", "Clearinghouse"
        UPLOAD = "upload", "Upload"
        PAPER = "paper", "Keyed from paper"

    TRANSITIONS: Final[Transitions] = {
        "stored": frozenset({"read", "unreadable", "duplicate"}),
        "unreadable": frozenset({"stored", "set_aside"}),
        "read": frozenset(),
        "duplicate": frozenset(),
        "set_aside": frozenset({"unreadable"}),
    }

    connection = TenantForeignKey(Connection, models.PROTECT, null=True, related_name="inbound_files")
    file = TenantForeignKey(StoredFile, models.PROTECT, indexed=False, related_name="+")
    source = models.CharField(max_length=10, choices=Source.choices)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.STORED)
    trouble = models.CharField(max_length=300, blank=True)
    defects = models.JSONField(default=list, help_text="What is odd about the file as a whole, in sentences.")
    received_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=130)

    class Meta:
        indexes = [
            models.Index(fields=["practice", "received_at"], name="inbound_file_newest"),
            models.Index(fields=["practice", "sha256"], name="inbound_file_by_hash"),
        ]

    def __str__(self) -> str:
        return self.name


class InboundTransaction(TenantModel):
    """One TA1, 999, 277CA or 835 of a file, and what became of it."""

    class Kind(models.TextChoices):
        TA1 = "TA1", "Interchange acknowledgment (TA1)"
        X999 = "999", "Implementation acknowledgment (999)"
        X277CA = "277CA", "Claim acknowledgment (277CA)"
        X835 = "835", "Remittance (835)"
        PAPER = "paper", "Remittance on paper"
        OTHER = "other", "Something else"

    class Status(models.TextChoices):
        APPLIED = "applied", "Applied"
        UNMATCHED = "unmatched", "Matches nothing of yours"
        UNREADABLE = "unreadable", "Unreadable"
        SET_ASIDE = "set_aside", "Set aside"
        HANDED_OVER = "handed_over", "Handed over"

    TRANSITIONS: Final[Transitions] = {
        "applied": frozenset(),
        "unmatched": frozenset({"applied", "set_aside", "handed_over"}),
        "unreadable": frozenset({"applied", "unmatched", "set_aside"}),
        "set_aside": frozenset({"unmatched"}),
        "handed_over": frozenset(),
    }

    inbound = TenantForeignKey(InboundFile, models.PROTECT, related_name="transactions")
    request = TenantForeignKey(Request, models.PROTECT, null=True, related_name="answers")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=Kind.choices)
    control_number = models.CharField(max_length=9, blank=True)
    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.APPLIED)
    for_practices = models.JSONField("practices it was handed to", default=list)
    said_at = models.CharField(
        max_length=16,
        blank=True,
        help_text="When its sender made it, as it stands there: year to hundredth of a second.",
    )
    summary = models.CharField(max_length=300)
    defects = models.JSONField(default=list, help_text="Oddities in sentences, with segment numbers.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "inbound", "position"], name="inbound_transaction_once")
        ]
        indexes = [models.Index(fields=["practice", "status"], name="inbound_by_status")]

    def __str__(self) -> str:
        return f"{self.kind} {self.control_number}".strip()
