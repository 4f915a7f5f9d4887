"""Signing in again in place, so that no typed word is lost when a session locks or ends.

Each page carries the address of this form with the page's own account in it, signed (`?for=…`). A locked session
keeps its data and is opened again by its owner. One that ended by its age is gone; the signed account says who may
sign in where the page still lies open. Nobody else can: what is typed there belongs to the first person.

A form that was sent into a locked or ended session comes back inside the page that asks for the password
(`Words`), and is sent on afterwards.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final, Self, cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.signals import user_logged_in
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from fido2.webauthn import UserVerificationRequirement

from practice.accounts import events, limits, sessions
from practice.models import User

_SALT: Final = "practice.again"
_WEEK: Final = 7 * 24 * 3600
_NEVER_KEPT: Final = frozenset({"csrfmiddlewaretoken", "code", "credential"})


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody typed into a form that could not be taken: fields, the names of files, and where to send it."""

    action: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()

    @classmethod
    def sent_with(cls, request: HttpRequest) -> Self | None:
        """The words of a form post that may be trusted; None for anything else."""
        if request.method != "POST" or _is_forged(request):
            return None
        names = [name for name in request.POST if name not in _NEVER_KEPT and "password" not in name]
        fields = tuple((name, str(value)) for name in names for value in request.POST.getlist(name))
        files = tuple(file.name or "" for name in request.FILES for file in request.FILES.getlist(name))
        return cls(request.get_full_path(), fields, files)

    @classmethod
    def carried_by(cls, request: HttpRequest) -> Self | None:
        """The words that the page asking for the password carried along."""
        try:
            action, fields, files = json.loads(request.POST.get("words", ""))
            found = cls(str(action), tuple((str(name), str(value)) for name, value in fields), tuple(files))
        except (ValueError, TypeError):
            return None
        return found if safe_address(request, found.action) else None

    def as_text(self) -> str:
        """The words for a hidden field."""
        return json.dumps([self.action, self.fields, self.files])


def address(user: User) -> str:
    """Where the person of a page signs in again."""
    query = urlencode({"for": signing.dumps(user.pk, salt=_SALT)})
    return f"{reverse('sign_in_again')}?{query}"


def owner_of_page(request: HttpRequest) -> User | None:
    """The account that the page was made for, by its signed address; else whoever the session belongs to."""
    try:
        pk = signing.loads(request.GET.get("for", ""), salt=_SALT, max_age=_WEEK)
    except signing.BadSignature:
        return owner_of_session(request) if request.user.is_authenticated else None
    return User.objects.select_related("person").filter(pk=pk, is_active=True).first()


def owner_of_session(request: HttpRequest) -> User:
    """The account that is signed in."""
    return cast("User", request.user)


def look(request: HttpRequest) -> bool:
    """Whether the session holds. One that is too old is ended here, and one that nobody used is locked."""
    if limits.is_over(request.session):
        _end(request)
        return False
    if limits.is_idle(request.session):
        _lock(request)
        return False
    return True


def open_session(request: HttpRequest, user: User) -> None:
    """After the proof: opens the locked session under a new key, or begins a new one for the same person."""
    if request.user.is_authenticated:
        sessions.renew_key(request)
        limits.reopen(request.session)
        events.record(events.Kind.SIGNED_IN_AGAIN, request=request, user_id=user.pk)
    else:
        _begin(request, user)


def passkey_options(user: User) -> dict[str, Any]:
    """A challenge for the person's passkeys. The key must ask for a finger or a PIN, since it stands alone here."""
    options, state = webauthn.get_server().authenticate_begin(
        credentials=webauthn.get_credentials(user), user_verification=UserVerificationRequirement.REQUIRED
    )
    webauthn.set_state(state)
    return dict(options)


def wanted_page(request: HttpRequest) -> str | None:
    """Where the person wanted to go, if that lies in this installation."""
    return safe_address(request, request.POST.get("next") or request.GET.get("next"))


def safe_address(request: HttpRequest, target: str | None) -> str | None:
    """The address if it lies in this installation, else None."""
    hosts = {request.get_host()}
    is_safe = url_has_allowed_host_and_scheme(target, allowed_hosts=hosts, require_https=request.is_secure())
    return target if is_safe else None


def _end(request: HttpRequest) -> None:
    events.record(events.Kind.SESSION_ENDED, request=request, user_id=request.user.pk)
    request.session.flush()
    request.user = AnonymousUser()


def _lock(request: HttpRequest) -> None:
    if not limits.is_locked(request.session):
        events.record(events.Kind.SESSION_LOCKED, request=request, user_id=request.user.pk)
    limits.lock(request.session)


def _begin(request: HttpRequest, user: User) -> None:
    """Signs in without a new CSRF secret: the forms that lie open in this browser are the same person's."""
    secret = request.META.get("CSRF_COOKIE")
    get_adapter().login(request, user)
    if secret:
        request.META["CSRF_COOKIE"] = secret
    request.session.set_expiry(0)
    user_logged_in.send(sender=User, request=request, response=None, user=user)


def _is_forged(request: HttpRequest) -> bool:
    """Whether the post lacks the token that only our own pages have."""
    guard = CsrfViewMiddleware(lambda _: HttpResponse())
    return guard.process_view(request, lambda _: HttpResponse(), (), {}) is not None
