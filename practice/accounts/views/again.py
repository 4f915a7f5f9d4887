"""Signing in again in place, staying signed in, and signing out."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.views import LogoutView
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from practice.accounts import again, again_page, limits
from practice.accounts.again_page import FULL, PART
from practice.accounts.forms import AgainByPasskeyForm, AgainForm
from practice.errors import answer
from practice.models import User

TOO_MANY: Final = 429
FORGET_EVERYTHING: Final = '"cache", "cookies", "storage"'


@sensitive_post_parameters("password", "code")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Opens a locked or ended session again for the person whose page lies open.

    As part of a page (`HX-Request`): 204 when the session holds or is open again, with its new end and CSRF token;
    the form otherwise, with 422 after a wrong entry and 429 after too many. As a page of its own it leads on to
    `next`, or to the words that were kept.
    """
    user = again.owner_of_page(request)
    if user is None or _somebody_else(request, user):
        return _not_here(request, user)
    if request.user.is_authenticated and again.look(request):
        return _go_on(request)
    return _ask(request, user) if request.method == "GET" else _check(request, user)


@login_required
@require_POST
def stay_signed_in(request: HttpRequest) -> HttpResponse:
    """Counts as use of the session, for a person who writes without loading a page; says when it ends now."""
    return _holds(request)


class SignOut(LogoutView):  # type: ignore[misc]
    """Signs out, and asks the browser to forget everything it kept of us."""

    @method_decorator(never_cache)
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = FORGET_EVERYTHING
        return response


sign_out = SignOut.as_view()


def _check(request: HttpRequest, user: User) -> HttpResponse:
    if not ratelimit.consume(request, action="login"):
        return _ask(request, user, status=TOO_MANY)
    form = _posted(request, user)
    try:
        is_right = form.is_valid()
    except ImmediateHttpResponse:  # the limit of the account, said by the adapter
        return _ask(request, user, status=TOO_MANY)
    if not is_right:
        return _ask(request, user, form, status=422)
    form.save()
    return _go_on(request)


def _posted(request: HttpRequest, user: User) -> AgainForm | AgainByPasskeyForm:
    kind = AgainByPasskeyForm if "credential" in request.POST else AgainForm
    return kind(request.POST, request=request, user=user)


def _ask(
    request: HttpRequest, user: User, form: AgainForm | AgainByPasskeyForm | None = None, status: int = 200
) -> TemplateResponse:
    facts = again_page.facts(request, user, form) | {"is_limited": status == TOO_MANY}
    return TemplateResponse(request, PART if answer.wants_part(request) else FULL, facts, status=status)


def _go_on(request: HttpRequest) -> HttpResponse:
    """What follows when the session is open: nothing for a part of a page, the kept words, or the next page."""
    if answer.wants_part(request):
        return _holds(request)
    words = again.Words.carried_by(request)
    if words is not None:
        return TemplateResponse(request, "accounts/send_on.html", {"words": words})
    target = again.wanted_page(request)
    return HttpResponseRedirect(target) if target else redirect("home")


def _holds(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(status=204)
    response["X-Session-Ends"] = limits.ends_at(request.session).isoformat()
    response["X-CSRFToken"] = get_token(request)
    return response


def _somebody_else(request: HttpRequest, user: User) -> bool:
    return request.user.is_authenticated and request.user.pk != user.pk


def _not_here(request: HttpRequest, user: User | None) -> HttpResponse:
    """Nobody known to sign in again, or somebody else is signed in by now: only the sign-in page helps."""
    facts = {"owner": user, "somebody_else": request.user.is_authenticated}
    if answer.wants_part(request):
        return TemplateResponse(request, PART, facts, status=200 if request.method == "GET" else 422)
    if user is None:
        return redirect("account_login")
    return TemplateResponse(request, FULL, facts, status=409)
