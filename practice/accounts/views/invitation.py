"""Accepting an invitation: with a new account, or with the one that the address has already."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from practice.accounts import events, invitations, people
from practice.accounts.forms import AcceptForm
from practice.accounts.invitations import InvitationRefusedError, State
from practice.models import Invitation, User
from practice.network import client_ip

_PAGE: Final = "accounts/invitation.html"
_CLOSED: Final = "accounts/invitation_closed.html"
UNKNOWN: Final = "This invitation is not known here. Copy the whole link from the message, or ask for a new one."


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Shows who invites to what; POST accepts. A link that is spent says so."""
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="invitation")
    if limited is not None:
        return limited
    invitation = invitations.find(token)
    if invitation is None:
        return TemplateResponse(request, _CLOSED, {"sentence": UNKNOWN}, status=404)
    state = invitations.state_of(invitation)
    if state is not State.OPEN:
        facts = {"sentence": invitations.SENTENCES[state], "accepted": state is State.ACCEPTED}
        return TemplateResponse(request, _CLOSED, facts, status=410)
    account = people.account_of(invitation.email)
    if account is None:
        return _join_as_new(request, token, invitation)
    return _join(request, token, invitation, account)


def _join_as_new(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    if request.user.is_authenticated:
        return _show(request, invitation, somebody_else=request.user)
    names = {"first_name": invitation.first_name, "last_name": invitation.last_name}
    data = request.POST if request.method == "POST" else None
    form = AcceptForm(data, email=invitation.email, initial=names)
    if request.method == "GET" or not form.is_valid():
        return _show(request, invitation, form=form)
    try:
        user = invitations.accept_as_new(token=token, ip=client_ip(request), **form.cleaned_data)
    except InvitationRefusedError as error:
        form.add_error(None, str(error))
        return _show(request, invitation, form=form)
    record_authentication(request, user, method="password", reauthenticated=True)
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url=_next(invitation)))
    events.record(events.Kind.INVITATION_ACCEPTED, request=request, user_id=user.pk)
    return response


def _join(request: HttpRequest, token: str, invitation: Invitation, account: User) -> HttpResponse:
    if request.user != account:
        return _show(request, invitation, account=account, somebody_else=_signed_in(request))
    if request.method == "GET":
        return _show(request, invitation, account=account, ready=True)
    try:
        invitations.accept(token=token, user=account, ip=client_ip(request))
    except InvitationRefusedError as error:
        return TemplateResponse(request, _CLOSED, {"sentence": str(error), "accepted": True}, status=409)
    events.record(events.Kind.INVITATION_ACCEPTED, request=request, user_id=account.pk)
    return redirect(_next(invitation))


def _show(request: HttpRequest, invitation: Invitation, **facts: Any) -> TemplateResponse:
    found = {
        "invitation": invitation,
        "practice_name": str(invitations.practice_of(invitation) or ""),
        "inviter": invitations.inviter_of(invitation),
        "roles": invitations.role_names(invitation.roles),
    }
    return TemplateResponse(request, _PAGE, found | facts, status=422 if request.method == "POST" else 200)


def _next(invitation: Invitation) -> str:
    practice = invitations.practice_of(invitation)
    return reverse("practice_start", args=[practice.slug]) if practice else reverse("found_practice")


def _signed_in(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
