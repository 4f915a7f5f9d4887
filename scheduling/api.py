"""The calendar through the API: one row for each client in a session."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from practice import clock
from practice.api.base import Between, Rows
from scheduling.models import Attendance
from scheduling.policies import visible_attendances

_DAY = dt.timedelta(days=1)


class AttendanceOut(serializers.ModelSerializer[Attendance]):
    """A client in a session: when, with whom, what it was, and what happened."""

    starts_at = serializers.DateTimeField(source="session.starts_at")
    ends_at = serializers.DateTimeField(source="session.ends_at")
    kind = serializers.CharField(source="session.kind")
    telehealth = serializers.BooleanField(source="session.telehealth")
    code = serializers.CharField(source="service.code", default="")
    clinicians = serializers.SerializerMethodField()

    class Meta:
        model = Attendance
        fields = (
            "id", "session_id", "client_id", "clinicians", "kind", "telehealth", "starts_at", "ends_at", "code",
            "units", "status", "self_pay", "actual_start", "actual_stop", "confirmed_at",
        )  # fmt: skip

    def get_clinicians(self, row: Attendance) -> list[int]:
        """The ids of everybody who takes part, the lead first."""
        parts = sorted(row.session.session_clinicians.all(), key=lambda one: (not one.is_lead, one.pk))
        return [one.clinician_id for one in parts]


@extend_schema_view(get=extend_schema(operation_id="sessions", summary="Sessions by client", parameters=[Between]))
class Sessions(Rows):
    """Sessions that begin on the given days of the practice, or with `calendar:own` one's own."""

    needs = ("calendar:view", "calendar:own")
    query = Between
    serializer_class = AttendanceOut
    queryset = Attendance.objects.none()

    def rows(self) -> QuerySet[Attendance]:
        """Those the caller may see, of the days asked for."""
        found = visible_attendances(self.actor).filter(**self._days())
        return found.select_related("session", "service").prefetch_related("session__session_clinicians")

    def _days(self) -> dict[str, Any]:
        asked, midnight = self.asked(), dt.time()
        limits: dict[str, Any] = {}
        if "since" in asked:
            limits["session__starts_at__gte"] = clock.instant(self.practice, asked["since"], midnight)
        if "until" in asked:
            limits["session__starts_at__lt"] = clock.instant(self.practice, asked["until"] + _DAY, midnight)
        return limits


urlpatterns: list[URLPattern] = [path("sessions/", Sessions.as_view(), name="api_sessions")]
