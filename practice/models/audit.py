"""The audit trail and the history of states: written by every context, read only with the phi wall open."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from practice.tenancy.base import TenantModel


class AuditEvent(TenantModel):
    """Who did, saw or was refused what. Never updated; the table is partitioned by month.

    The database key is (at, id) and nothing refers to it. The id is made here: RETURNING would be a read.
    """

    referenced: ClassVar[bool] = False
    append_only: ClassVar[bool] = True
    journal: ClassVar[bool] = True

    class Result(models.TextChoices):
        DONE = "done", "Done"
        DENIED = "denied", "Denied"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=130, blank=True)
    action = models.CharField(max_length=60)
    result = models.CharField(max_length=8, choices=Result.choices, default=Result.DONE)
    kind = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    client_id = models.BigIntegerField(null=True)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    request_id = models.CharField(max_length=36, blank=True)
    ip = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["practice", "-at"], name="audit_by_practice"),
            models.Index(fields=["practice", "client_id", "-at"], name="audit_by_client"),
            models.Index(fields=["practice", "kind", "object_id"], name="audit_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.kind} {self.object_id}".strip()


class StateChange(TenantModel):
    """One step of one thing from a state to the next: who, when, why."""

    referenced: ClassVar[bool] = False
    append_only: ClassVar[bool] = True
    journal: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    before = models.CharField(max_length=30)
    after = models.CharField(max_length=30)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=130, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["practice", "kind", "object_id", "at"], name="state_change_by_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.before} → {self.after}"
