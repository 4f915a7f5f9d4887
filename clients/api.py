"""Clients through the API."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from clients.models import Client
from clients.policies import SEES, visible_clients
from practice.api.base import Rows


class ClientOut(serializers.ModelSerializer[Client]):
    """Who a client is; nothing about money, insurance or treatment."""

    class Meta:
        model = Client
        fields = (
            "id", "number", "first_name", "middle_name", "last_name", "suffix", "preferred_name", "pronouns",
            "date_of_birth", "email", "phone", "status", "since", "external_id",
        )  # fmt: skip


@extend_schema_view(get=extend_schema(operation_id="clients", summary="Clients"))
class Clients(Rows):
    """Every client, or with `clients:own` those of one's own caseload."""

    needs = SEES
    serializer_class = ClientOut
    queryset = Client.objects.none()

    def rows(self) -> QuerySet[Client]:
        """Those whose record the caller may open."""
        return visible_clients(self.actor)


urlpatterns: list[URLPattern] = [path("clients/", Clients.as_view(), name="api_clients")]
