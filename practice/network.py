"""Where a request comes from."""

from __future__ import annotations

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str | None:
    """The address that limits count and trails keep.

    It is the connection's own, since anybody can send a header; behind our own proxy
    (`ALLAUTH_TRUSTED_PROXY_COUNT`) it is what that proxy added to the end of `X-Forwarded-For`.
    """
    found: str | None = get_client_ip(request)
    return found
