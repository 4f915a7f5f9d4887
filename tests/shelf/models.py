"""A shelf of books with one page each: relations, a unique title, a state and a secret."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from practice.crypto import EncryptedField
from practice.states import StateField
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey, TenantOneToOneField


class Shelf(TenantModel):
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "name"], name="shelf_name_once")]

    def __str__(self) -> str:
        return self.name


class Book(TenantModel):
    shelf = TenantForeignKey(Shelf, models.CASCADE, related_name="books")
    sequel_of = TenantForeignKey("self", models.PROTECT, null=True, blank=True, related_name="sequels")
    title = models.CharField(max_length=40)
    secret = EncryptedField(blank=True)
    status = StateField(
        transitions={"in": frozenset({"out"}), "out": frozenset({"in", "lost"})},
        choices=[("in", "In"), ("out", "Out"), ("lost", "Lost")],
        default="in",
    )

    def __str__(self) -> str:
        return self.title


class Card(TenantModel):
    referenced: ClassVar[bool] = False
    append_only: ClassVar[bool] = True

    book = TenantOneToOneField(Book, related_name="card")

    def __str__(self) -> str:
        return f"Card of {self.book}"
