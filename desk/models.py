"""The one thing desk keeps: what was brought over from which file, so that it can be looked at and taken back."""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models

from practice.models import StoredFile
from practice.states import StateField, Transitions
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class ImportRun(TenantModel):
    """One file on its way in: what its columns are, what a person answered, and what came of it."""

    class Status(models.TextChoices):
        OPEN = "open", "Not brought over yet"
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Brought over"
        FAILED = "failed", "Stopped by an error"
        UNDOING = "undoing", "Being taken back"
        UNDONE = "undone", "Taken back"

    TRANSITIONS: Final[Transitions] = {
        "open": frozenset({"waiting"}),
        "waiting": frozenset({"running"}),
        "running": frozenset({"done", "failed"}),
        "failed": frozenset({"running", "undoing", "undone"}),
        "done": frozenset({"undoing", "undone"}),
        "undoing": frozenset({"done", "failed", "undone"}),
        "undone": frozenset(),
    }

    status = StateField(transitions=TRANSITIONS, choices=Status.choices, default=Status.OPEN)
    file = TenantForeignKey(StoredFile, models.PROTECT, related_name="+")
    layout = models.CharField(max_length=60, blank=True)
    source = models.CharField("where it comes from", max_length=60, blank=True)
    headers = models.JSONField(default=list)
    columns_hash = models.CharField(max_length=64, blank=True)
    fields = models.JSONField(default=list)
    kinds = ArrayField(models.CharField(max_length=12), default=list)
    is_mapped = models.BooleanField(default=False)
    is_own_mapping = models.BooleanField("a person said what the columns are", default=False)
    answers = models.JSONField(default=dict)
    through = models.DateField("last day that was billed in the former system")
    found = models.JSONField(default=dict)
    handled = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    left = models.JSONField(default=list)
    trouble = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=130)
    made_by_permissions = ArrayField(models.CharField(max_length=40), default=list)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["practice", "made_at"], name="import_run_newest"),
            models.Index(fields=["practice", "columns_hash"], name="import_run_by_columns"),
        ]

    def __str__(self) -> str:
        return f"Import of {self.made_at:%Y-%m-%d}"


class ImportedRow(TenantModel):
    """One thing that a run made or recognized: what it is here, and what the file called it."""

    referenced: ClassVar[bool] = False

    class Kind(models.TextChoices):
        CLINICIAN = "clinician", "Clinician"
        CLIENT = "client", "Client"
        COVERAGE = "coverage", "Coverage"
        SESSION = "session", "Session"
        BALANCE = "balance", "Opening balance"
        PAYER = "payer", "Payer"
        SERVICE = "service", "Service"

    run = TenantForeignKey(ImportRun, models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    object_id = models.BigIntegerField()
    row = models.PositiveIntegerField("row of the file")
    key = models.CharField("what the file calls it", max_length=200, blank=True)
    is_new = models.BooleanField("was made by the run", default=True)

    class Meta:
        indexes = [models.Index(fields=["practice", "kind", "key"], name="imported_row_by_key")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of row {self.row}"
