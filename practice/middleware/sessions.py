"""Ends sessions: a lock after minutes without use, the end after half a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from practice import clock
from practice.errors import answer

STARTED: Final = "session_started"
SEEN: Final = "session_seen"
LOCKED: Final = "session_locked"
_WRITE_EVERY: Final = 60  # seconds; the time of last use is a database write


class SessionLimitMiddleware:
    """Locks an idle session until its owner signs in again in place, and ends one that is too old.

    Requests that a page makes by itself (header `Caseload-Poll`) do not count as use.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated or _is_free(request):
            return self.get_response(request)
        moment = clock.now().timestamp()
        session = request.session
        if moment - session.setdefault(STARTED, moment) > settings.SESSION_ABSOLUTE_SECONDS:
            logout(request)
            return answer.sign_in_first(request)
        if session.get(LOCKED) or moment - session.setdefault(SEEN, moment) > settings.SESSION_IDLE_SECONDS:
            session[LOCKED] = True
            return answer.unlock_first(request)
        if "Caseload-Poll" not in request.headers and moment - session[SEEN] > _WRITE_EVERY:
            session[SEEN] = moment
        return self.get_response(request)


def _is_free(request: HttpRequest) -> bool:
    """The pages a locked session may still open: signing in again, and signing out."""
    free = (settings.STATIC_URL, reverse("sign_in_again"), reverse("account_logout"), reverse("healthz"))
    return request.path_info.startswith(free)
