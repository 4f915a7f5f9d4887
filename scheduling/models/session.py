"""Time on the calendar: who, where, when, and how it recurs."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from clinicians.models import Clinician
from practice.models import Location, Service
from practice.overlaps import no_double_booking
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey
from scheduling.models.rooms import Room


class Series(TenantModel):
    """A session that comes again every week or every two, by the practice's wall clock."""

    every_weeks = models.PositiveSmallIntegerField(choices=[(1, "Every week"), (2, "Every two weeks")], default=1)
    local_time = models.TimeField()
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(5), MaxValueValidator(720)])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    made_until = models.DateField("sessions are made up to", null=True, editable=False)

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.CheckConstraint(condition=Q(every_weeks__in=[1, 2]), name="series_weekly_or_fortnightly"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="series_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_every_weeks_display()} at {self.local_time:%H:%M}"


class Session(TenantModel):
    """One appointment on the calendar. `occupies` is false once it was canceled: the time is free again."""

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", "Individual"
        COUPLE = "couple", "Couple"
        FAMILY = "family", "Family"
        GROUP = "group", "Group"
        MEETING = "meeting", "Meeting or other time"

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.INDIVIDUAL)
    title = models.CharField("name of the group or meeting", max_length=60, blank=True)
    service = TenantForeignKey(Service, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    location = TenantForeignKey(Location, null=True, blank=True, related_name="+")
    room = TenantForeignKey(Room, null=True, blank=True, related_name="+")
    telehealth = models.BooleanField(default=False)
    series = TenantForeignKey(Series, null=True, blank=True, related_name="sessions")
    occupies = models.BooleanField(default=True, editable=False)
    note = models.CharField("note for the calendar", max_length=200, blank=True)
    made_at = models.DateTimeField(editable=False)
    made_on_billing_day = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["practice", "starts_at"], name="session_by_start")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.CheckConstraint(
                condition=Q(kind="meeting") | Q(service__isnull=False), name="session_has_a_service"
            ),
            no_double_booking("room_one_session_at_a_time", "room", condition=Q(occupies=True, room__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.starts_at:%Y-%m-%d %H:%M}"


class SessionClinician(TenantModel):
    """A clinician's part of a session; it carries the time, because nobody is in two places at once."""

    referenced: ClassVar[bool] = False

    session = TenantForeignKey(Session, models.CASCADE, related_name="session_clinicians")
    clinician = TenantForeignKey(Clinician, models.PROTECT, indexed=False, related_name="session_parts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    occupies = models.BooleanField(default=True)
    is_lead = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["practice", "clinician", "starts_at"], name="session_clinician_by_start")]
        constraints = [
            models.UniqueConstraint(fields=["practice", "session", "clinician"], name="session_clinician_once"),
            no_double_booking("clinician_one_session_at_a_time", "clinician", condition=Q(occupies=True)),
        ]

    def __str__(self) -> str:
        return f"{self.clinician} in {self.session}"
