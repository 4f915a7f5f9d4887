"""What follows when allauth and Django say that something happened to an account; connected at start-up."""

from __future__ import annotations

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in

from practice import second_factor
from practice.accounts import events, limits, sessions


def listen() -> None:
    """Connects everything, once."""
    events.listen()
    user_logged_in.connect(limits.begin, dispatch_uid="practice.session_begins")
    for signal in (password_changed, password_set, password_reset):
        signal.connect(sessions.end_others, dispatch_uid="practice.password_ends_sessions")
    authenticator_added.connect(second_factor.remember_added, dispatch_uid="practice.factor_added")
    authenticator_removed.connect(second_factor.forget_removed, dispatch_uid="practice.factor_removed")
