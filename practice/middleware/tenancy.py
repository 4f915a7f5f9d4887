"""Opens one practice for a request: access, by session or token, the transaction, the context, the permission.

The middleware owns the transaction, because a TemplateResponse renders after ATOMIC_REQUESTS has committed.
Before it lets go it looks at the answer: an error, or a transaction that PostgreSQL has aborted, is rolled back,
and never answered with success.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseServerError
from django.utils import timezone

from practice import access, audit, clock, second_factor
from practice.access import Access
from practice.actors import Actor
from practice.api import tokens
from practice.errors import answer
from practice.http import PracticeRequest
from practice.models import ApiToken, AuditEvent, User
from practice.network import client_ip
from practice.tenancy.context import is_broken, practice_context

_TENANT_PATH: Final = re.compile(r"^/(?:api/v1/)?p/(?P<slug>[^/]+)/")
_API: Final = "/api/"
_SERVER_ERROR: Final = 500
_FORBIDDEN: Final = 403
_NOT_FOUND: Final = 404


class PracticeMiddleware:
    """Decides in one place who gets in (404 for outsiders, 403 for insiders without the permission)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        found = _TENANT_PATH.match(request.path_info)
        if found is None:
            return self.get_response(request)
        token = _let_in_by_token(request)
        if not request.user.is_authenticated:
            return answer.sign_in_first(request)
        entry = access.enter(request.user, found["slug"], request_id=_request_id(), ip=client_ip(request))
        if entry is None or (token and not tokens.holds(token, entry.practice)):
            _record_outsider(request, found["slug"])
            return answer.not_found(request)
        if token:
            entry = replace(entry, actor=tokens.narrowed(entry.actor, token))
            tokens.note_use(token)
        elif not second_factor.is_proved(request):
            return answer.prove_first(request, second_factor.where_to_prove(request))
        return _noted(entry, request, self._inside(cast("PracticeRequest", request), entry))

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """Closes every page of a practice that does not say who may open it; takes the slug from the arguments."""
        entry: Access | None = getattr(request, "access", None)
        if entry is None:
            if _TENANT_PATH.match(request.path_info):
                raise Http404
            return None
        kwargs.pop("slug", None)
        needed = getattr(view, "needed_permissions", None)
        if needed is None:
            raise PermissionDenied("This page says nowhere who may open it.")
        if needed and answer.is_program(request) and not entry.actor.may(*needed):
            return answer.not_allowed(needed)
        if needed:
            entry.actor.require(*sorted(needed))
        return None

    def _inside(self, request: PracticeRequest, entry: Access) -> HttpResponseBase:
        with transaction.atomic():
            with _context(entry.actor), timezone.override(clock.zone(entry.practice)):
                request.access, request.practice, request.actor = entry, entry.practice, entry.actor
                response = self.get_response(request)
            if response.status_code >= _SERVER_ERROR or is_broken():
                if response.status_code < _SERVER_ERROR:
                    response = cast("HttpResponse", HttpResponseServerError("The change was not saved."))
                transaction.set_rollback(True)
        return response


def _noted(entry: Access, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, with what was denied or failed on the trail; a program is not sent the page of what is not there."""
    if response.status_code == _FORBIDDEN:
        _record(entry, "page.denied", AuditEvent.Result.DENIED, request)
    elif response.status_code >= _SERVER_ERROR:
        _record(entry, "page.failed", AuditEvent.Result.FAILED, request)
    if response.status_code == _NOT_FOUND and answer.is_program(request):
        return answer.not_found(request)
    return response


def _let_in_by_token(request: HttpRequest) -> ApiToken | None:
    """A program that shows a token is its owner; only the API looks, and only where no session is."""
    known = None
    if request.path_info.startswith(_API) and not request.user.is_authenticated:
        known = tokens.presented(request)
    if known is None:
        return None
    request.user, token = known
    request.api_token = token  # type: ignore[attr-defined]
    return token


def _context(actor: Actor) -> Any:
    return practice_context(actor.practice_id, phi=actor.phi, rates=actor.rates)


def _request_id() -> str:
    return str(uuid.uuid4())


def _record(entry: Access, action: str, result: str, request: HttpRequest) -> None:
    facts = {"method": request.method, "path": request.path}
    with transaction.atomic(), practice_context(entry.practice.pk):
        audit.record(action, actor=entry.actor, result=result, after=facts)


def _record_outsider(request: HttpRequest, slug: str) -> None:
    practice = access.practice_by_slug(slug)
    if practice is None:
        return
    user = cast("User", request.user)
    outsider = Actor(practice.pk, user.pk, user.name, frozenset(), request_id=_request_id(), ip=client_ip(request))
    _record(Access(practice, outsider), "practice.refused", AuditEvent.Result.DENIED, request)
