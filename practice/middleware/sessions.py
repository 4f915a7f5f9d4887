"""Ends sessions: a lock after minutes without use, the end after half a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from practice.accounts import again, limits
from practice.errors import answer

OWN_ACCORD: Final = "Caseload-Poll"  # a request that a page makes by itself carries this header


class SessionLimitMiddleware:
    """Locks an idle session until its owner signs in again in place, and ends one that is too old.

    What a page asks by itself does not count as use.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated or _is_free(request):
            return self.get_response(request)
        user = again.owner_of_session(request)
        if not again.look(request):
            return answer.sign_in_again(request, user)
        if OWN_ACCORD not in request.headers:
            limits.use(request.session)
        return self.get_response(request)


def _is_free(request: HttpRequest) -> bool:
    """The pages a locked session may still open: signing in again, and signing out."""
    free = (settings.STATIC_URL, reverse("sign_in_again"), reverse("account_logout"), reverse("healthz"))
    return request.path_info.startswith(free)
