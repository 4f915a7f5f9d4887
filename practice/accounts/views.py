"""Signing in again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Asks for the password again."""
    return HttpResponse(status=204)
