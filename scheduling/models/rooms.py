"""Rooms of a location."""

from __future__ import annotations

from django.db import models

from practice.models import Location
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey


class Room(TenantModel):
    """A room in which one session at a time takes place."""

    location = TenantForeignKey(Location, models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=40)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["practice", "location", "name"], name="room_name_once")]

    def __str__(self) -> str:
        return self.name
