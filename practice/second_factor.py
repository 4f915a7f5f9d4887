"""Whether a session proved a second factor, and where a person goes who has none."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

_ADDED: Final = "second_factor_added"


def is_proved(request: HttpRequest) -> bool:
    """True when this session used or added a second factor, or the installation asks for none (the demo)."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return True
    if request.session.get(_ADDED) == request.user.pk:
        return True
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def where_to_prove(request: HttpRequest) -> str:
    """The page where the person adds a factor, or signs in again with the one they have."""
    if is_mfa_enabled(request.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]):
        return reverse("account_reauthenticate")
    return reverse("mfa_index")


def remember_added(request: HttpRequest, user: Any, **_: Any) -> None:
    """A factor that was just added was just proved; connected to allauth's signal."""
    request.session[_ADDED] = user.pk
