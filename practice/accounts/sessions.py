"""The places where a person is signed in: ending the others, and moving one to a new key."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.internal.flows import sessions as flows
from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from practice.models import User


def end_others(request: HttpRequest, user: User, **_: Any) -> None:
    """Ends every session of the person but the one that asks; connected to changes of password and factor."""
    flows.end_other_sessions(request, user)


def renew_key(request: HttpRequest) -> None:
    """Gives the session a new key, so that a stolen cookie dies, and keeps its place in the person's list."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
