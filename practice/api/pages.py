"""Pages about tokens: which there are, a new one, taking one back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from practice import clock
from practice.api import tokens
from practice.api.forms import TokenForm
from practice.api.selectors import listed
from practice.http import PracticeRequest, page
from practice.refusals import RefusedError

_REFUSED = 422


@page("api:use", "members:edit")
@require_GET
def api_tokens(request: PracticeRequest) -> HttpResponse:
    """One's own tokens, or everybody's for who decides on access."""
    today = clock.today(request.practice)
    facts = {"tokens": listed(request.actor, today), "today": today, "may_make": request.actor.may("api:use")}
    return TemplateResponse(request, "practice/api_tokens.html", facts)


@page("api:use")
@require_http_methods(["GET", "POST"])
def make_api_token(request: PracticeRequest) -> HttpResponse:
    """Asks what the token is for; then shows it, once."""
    asked = request.POST if request.method == "POST" else None
    form = TokenForm(asked, actor=request.actor, today=clock.today(request.practice))
    if form.is_valid():
        try:
            made = tokens.make(actor=request.actor, **form.cleaned_data)
        except RefusedError as error:
            form.refuse(error)
        else:
            facts = {"made": made, "address": request.build_absolute_uri(_address(request))}
            return TemplateResponse(request, "practice/api_token_made.html", facts)
    status = _REFUSED if asked is not None else 200
    return TemplateResponse(request, "practice/api_token_new.html", {"form": form}, status=status)


@page("api:use", "members:edit")
@require_POST
def revoke_api_token(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes a token back; a program that uses it is shut out at once."""
    row = tokens.revoke(actor=request.actor, token_id=pk)
    messages.success(request, f"“{row.name}” is taken back. A program that uses it is shut out.")
    return redirect("api_tokens", slug=request.practice.slug)


def _address(request: PracticeRequest) -> str:
    return reverse("api_me", args=[request.practice.slug])
