"""Resources about the practice itself, and about who asks."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from practice.api import described  # noqa: F401 - the generator finds it by its import
from practice.api.base import Resource
from practice.http import page


class MeOut(serializers.Serializer[Any]):
    """Who asks, in which practice, and with which permissions."""

    name = serializers.CharField()
    practice = serializers.CharField()
    slug = serializers.SlugField()
    time_zone = serializers.CharField()
    permissions = serializers.ListField(child=serializers.CharField())


class Me(Resource):
    """Whether the token works, and for what."""

    needs = ()

    @extend_schema(operation_id="me", responses=MeOut)
    def get(self, request: Request) -> Response:
        """Who asks."""
        practice, actor = self.practice, self.actor
        facts = {
            "name": actor.name,
            "practice": practice.name,
            "slug": practice.slug,
            "time_zone": practice.time_zone,
            "permissions": sorted(actor.permissions),
        }
        return Response(MeOut(facts).data)


_described = SpectacularJSONAPIView.as_view(urlconf="config.api_urls", authentication_classes=[], permission_classes=[])


@page(members=True)
def schema(request: Any) -> HttpResponseBase:
    """The whole API as an OpenAPI description."""
    return _described(request)


urlpatterns: list[URLPattern] = [path("me/", Me.as_view(), name="api_me"), path("schema/", schema, name="api_schema")]
