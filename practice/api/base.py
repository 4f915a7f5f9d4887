"""What each resource of the API is: who may ask, who asks, pages of rows, and refusals in words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from practice import audit
from practice.actors import Actor
from practice.api.signing_in import SignedIn
from practice.http import PracticeRequest, page
from practice.models import ApiToken, Practice
from practice.refusals import RefusedError


class Resource(APIView):
    """An address of the API. `needs` are the permissions of which the caller holds one; `()` is for every member.

    `query` reads what may be asked for in the address; any name that it does not know is answered with 400.
    """

    needs: ClassVar[tuple[str, ...]]
    query: ClassVar[type[serializers.Serializer[Any]] | None] = None
    paging: ClassVar[tuple[str, ...]] = ()
    authentication_classes = (SignedIn,)
    permission_classes = ()

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """The view, which says who may open it as every page does."""
        return page(*cls.needs, members=not cls.needs)(super().as_view(**initkwargs))

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuses names in the address that nothing reads, so that a typing error gives no wrong rows."""
        super().initial(request, *args, **kwargs)
        known = [*(self.query().fields if self.query else ()), *self.paging]
        unknown = [name for name in request.query_params if name not in known]
        if unknown:
            raise ValidationError({name: [_unknown(known)] for name in unknown})

    def asked(self) -> dict[str, Any]:
        """The query as its serializer reads it; a wrong one is answered with 400 and a sentence."""
        if self.query is None:
            return {}
        given = self.query(data=self.request.query_params)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    @property
    def inside(self) -> PracticeRequest:
        """The request as the middleware opened it."""
        return cast("PracticeRequest", self.request._request)

    @property
    def actor(self) -> Actor:
        """Who asks, with what they (or their token) may do."""
        return self.inside.actor

    @property
    def practice(self) -> Practice:
        """The practice of the address."""
        return self.inside.practice

    def record(self, action: str, *, client_id: int | None = None, **facts: Any) -> None:
        """Puts a reading on the audit trail: which address, and by which token if it was one."""
        token: ApiToken | None = getattr(self.inside, "api_token", None)
        said = {"path": self.inside.path, "token": token.pk if token else None} | facts
        audit.record(action, actor=self.actor, client_id=client_id, after=said)


class Newest(CursorPagination):
    """A hundred rows at a time, newest first; `next` and `previous` are addresses that stay right while rows come."""

    ordering = "-pk"
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 500


class Rows(Resource, ListAPIView[Any], ABC):
    """A list. `rows` gives the queryset of what the actor may see."""

    pagination_class = Newest
    paging = (Newest.cursor_query_param, Newest.page_size_query_param)

    @abstractmethod
    def rows(self) -> QuerySet[Any]:
        """What the actor may see."""

    def get_queryset(self) -> QuerySet[Any]:
        """The rows; none where only the description of the API is made."""
        return super().get_queryset() if getattr(self, "swagger_fake_view", False) else self.rows()

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page of the rows; that somebody read them is on the trail."""
        found = super().paginate_queryset(queryset)
        self.record("api.listed", rows=len(found or ()))
        return found


class Between(serializers.Serializer[Any]):
    """`since` and `until`: days, both included, each may be left out."""

    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuses days in the wrong order."""
        if attrs.get("since") and attrs.get("until") and attrs["until"] < attrs["since"]:
            raise serializers.ValidationError({"until": "The last day is before the first."})
        return attrs


class Refusal(serializers.Serializer[Any]):
    """Why a change was refused: a sentence, all of them where there are several, and the entry it is about."""

    detail = serializers.CharField()
    sentences = serializers.ListField(child=serializers.CharField(), required=False)
    field = serializers.CharField(required=False)


def spanned(asked: dict[str, Any], column: str) -> dict[str, Any]:
    """The filter that `Between` means for a column of days."""
    limits = (("since", "gte"), ("until", "lte"))
    return {f"{column}__{lookup}": asked[name] for name, lookup in limits if name in asked}


def answer_refusals(error: Exception, context: dict[str, Any]) -> Response | None:
    """422 with the sentence for what a service refuses; everything else as the framework has it."""
    if not isinstance(error, RefusedError):
        return exception_handler(error, context)
    said: dict[str, Any] = {"detail": str(error)}
    if error.field:
        said["field"] = error.field
    sentences = getattr(error, "sentences", None)
    if sentences:
        said["sentences"] = list(sentences)
    return Response(said, status=422)


def _unknown(known: Iterable[str]) -> str:
    names = ", ".join(known)
    return f"Nothing is asked for by this name here. Known names: {names}." if names else "Nothing is asked for here."
