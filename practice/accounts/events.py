"""Keeps what happens to accounts outside of any practice, from the signals of Django and allauth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_out
from django.db.models import TextChoices
from django.dispatch import Signal
from django.http import HttpRequest

from practice import clock
from practice.models import AccountEvent
from practice.network import client_ip

_LONGEST_AGENT: Final = 200


class Kind(TextChoices):
    """What can happen to an account."""

    SIGNED_IN = "signed_in", "Signed in"
    SIGNED_IN_AGAIN = "signed_in_again", "Signed in again in place"
    SIGN_IN_FAILED = "sign_in_failed", "Wrong password"
    SIGNED_OUT = "signed_out", "Signed out"
    SESSION_LOCKED = "session_locked", "Session locked after a time without use"
    SESSION_ENDED = "session_ended", "Session ended by its age"
    PASSWORD_CHANGED = "password_changed", "Password changed"
    PASSWORD_RESET = "password_reset", "Password set anew by email"
    EMAIL_CHANGED = "email_changed", "Email changed"
    FACTOR_ADDED = "factor_added", "Second step added"
    FACTOR_REMOVED = "factor_removed", "Second step removed"
    FACTOR_RESET = "factor_reset", "Recovery codes made anew"
    FACTOR_FAILED = "factor_failed", "Wrong code"
    INVITATION_ACCEPTED = "invitation_accepted", "Invitation accepted"


_SIGNALS: Final[tuple[tuple[Signal, Kind], ...]] = (
    (account.user_logged_in, Kind.SIGNED_IN),
    (user_logged_out, Kind.SIGNED_OUT),
    (account.password_changed, Kind.PASSWORD_CHANGED),
    (account.password_set, Kind.PASSWORD_CHANGED),
    (account.password_reset, Kind.PASSWORD_RESET),
    (account.email_changed, Kind.EMAIL_CHANGED),
    (mfa.authenticator_added, Kind.FACTOR_ADDED),
    (mfa.authenticator_removed, Kind.FACTOR_REMOVED),
    (mfa.authenticator_reset, Kind.FACTOR_RESET),
    (mfa.authentication_failed, Kind.FACTOR_FAILED),
)


def record(kind: Kind, *, request: HttpRequest, user_id: int | None) -> None:
    """Adds one event with the address and the browser it came from."""
    AccountEvent.objects.create(
        user_id=user_id,
        kind=kind,
        at=clock.now(),
        ip=client_ip(request),
        user_agent=request.headers.get("User-Agent", "")[:_LONGEST_AGENT],
    )


def listen() -> None:
    """Connects the signals; called once at start-up."""
    for number, (signal, kind) in enumerate(_SIGNALS):
        signal.connect(_keeper(kind), weak=False, dispatch_uid=f"practice.events.{number}")


def _keeper(kind: Kind) -> Callable[..., None]:
    def keep(request: HttpRequest, user: Any = None, **_: Any) -> None:
        if user is not None:
            record(kind, request=request, user_id=user.pk)

    return keep
