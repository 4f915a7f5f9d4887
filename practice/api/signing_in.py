"""Whom the API takes a caller for. Apart from the resources, because the framework loads it before its own views."""

from __future__ import annotations

from typing import Any

from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from practice.models import ApiToken


class SignedIn(SessionAuthentication):
    """Whom the middleware let in: by a token, or by the session of the browser, which then needs the CSRF token."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """The user with the token, or with nothing for a session."""
        token: ApiToken | None = getattr(request._request, "api_token", None)
        return (request._request.user, token) if token else super().authenticate(request)

    def authenticate_header(self, request: Request) -> str:
        """How a program signs in; with it an unknown caller is answered 401 and not 403."""
        return "Bearer"
