"""Stored bytes: encrypted, hashed, typed by content. What a file means is said by the room that stores it."""

from __future__ import annotations

import uuid

from django.db import models

from practice.tenancy.base import TenantModel


class _File(TenantModel):
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="bytes, before encryption")
    sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField()
    stored_by_id = models.BigIntegerField(null=True)

    class Meta(TenantModel.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name


class StoredFile(_File):
    """A file that may hold something about a client: behind the phi wall."""

    class Meta:
        indexes = [models.Index(fields=["practice", "sha256"], name="stored_file_by_hash")]


class PracticeFile(_File):
    """A file of the business itself: a logo, a license, a payroll export."""

    class Meta:
        indexes = [models.Index(fields=["practice", "sha256"], name="practice_file_by_hash")]
