"""Clinicians through the API."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from clinicians.models import Clinician
from clinicians.policies import visible_clinicians
from practice.api.base import Rows


class ClinicianOut(serializers.ModelSerializer[Clinician]):
    """A clinician without what is private: no address, no tax number, no account."""

    class Meta:
        model = Clinician
        fields = (
            "id", "first_name", "middle_name", "last_name", "credentials", "level", "npi", "taxonomy", "starts_on",
            "ends_on",
        )  # fmt: skip


@extend_schema_view(get=extend_schema(operation_id="clinicians", summary="Clinicians"))
class Clinicians(Rows):
    """Everybody who treats clients here, or with `team:own` oneself."""

    needs = ("team:view", "team:own")
    serializer_class = ClinicianOut
    queryset = Clinician.objects.none()

    def rows(self) -> QuerySet[Clinician]:
        """Those the caller may see."""
        return visible_clinicians(self.actor)


urlpatterns: list[URLPattern] = [path("clinicians/", Clinicians.as_view(), name="api_clinicians")]
