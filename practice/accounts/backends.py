"""Who signed in, with the name in the same query: every page shows it."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend

from practice.models import User


class _WithPerson(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        """The user of a session with their person; None when there is none any more, or they may not sign in."""
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


class PersonBackend(_WithPerson):
    """Django's own check of a password."""


class AccountBackend(_WithPerson, AuthenticationBackend):  # type: ignore[misc]
    """allauth's check of an email address and a password."""
