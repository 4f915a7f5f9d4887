"""Whether a session proved a second factor, and where a person goes who has none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from practice.accounts import sessions

_ADDED: Final = "second_factor_added"
_FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_proved(request: HttpRequest) -> bool:
    """True when this session used or added a second factor, or the installation asks for none (the demo)."""
    return not settings.SECOND_FACTOR_REQUIRED or _was_proved(request)


def where_to_prove(request: HttpRequest) -> str:
    """The page that asks for the factor the person has, or where they add their first one."""
    types = _types(request.user.pk)
    if Authenticator.Type.TOTP in types:
        return reverse("mfa_reauthenticate")
    if Authenticator.Type.WEBAUTHN in types:
        return reverse("mfa_reauthenticate_webauthn")
    return reverse("mfa_index")


def holders(user_ids: Iterable[int]) -> set[int]:
    """Those of the accounts that have an authenticator app or a passkey."""
    rows = Authenticator.objects.filter(user_id__in=list(user_ids), type__in=_FACTORS)
    return set(rows.values_list("user_id", flat=True))


def has_code(user_id: int) -> bool:
    """Whether the account can be asked for a code: from an app, or a recovery code."""
    return bool(_types(user_id) & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES})


def has_passkey(user_id: int) -> bool:
    """Whether the account has a passkey."""
    return Authenticator.Type.WEBAUTHN in _types(user_id)


def remember_added(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    """The first factor counts as proved by the session that adds it, and ends those that never had one.

    A further factor proves nothing: else a session with the password alone could add its own. Connected to
    allauth's signal.
    """
    if authenticator.type in _FACTORS and _count(user.pk) == 1:
        request.session[_ADDED] = user.pk
        sessions.end_others(request, user)


def forget_removed(request: HttpRequest, user: Any, **_: Any) -> None:
    """Without any factor left nothing is proved any more, here or elsewhere; connected to allauth's signal."""
    if _count(user.pk):
        return
    request.session.pop(_ADDED, None)
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [row for row in records if row.get("method") != "mfa"]
    sessions.end_others(request, user)


def _was_proved(request: HttpRequest) -> bool:
    if request.session.get(_ADDED) == request.user.pk:
        return True
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def _types(user_id: int | None) -> set[str]:
    return set(Authenticator.objects.filter(user_id=user_id).values_list("type", flat=True))


def _count(user_id: int) -> int:
    found: int = Authenticator.objects.filter(user_id=user_id, type__in=_FACTORS).count()
    return found
