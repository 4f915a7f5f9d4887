"""Pages about the keys a connection logs in with."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from billing.connections import credentials
from billing.connections.forms import KeyForm
from billing.models import Connection
from practice import acting
from practice.http import PracticeRequest, page
from practice.setup import pages


@page("connections:edit")
@require_POST
def make_key(request: PracticeRequest, pk: int) -> HttpResponse:
    """Makes a key pair; its public half is on the connection's page."""

    def change() -> str:
        row = credentials.make_key(actor=request.actor, connection_id=pk)
        return f"A key for {row.name} is made. Give its public half to the clearinghouse."

    return acting.act(request, change, pages.url(request, "connection", pk=pk))


@page("connections:edit")
@require_http_methods(["GET", "POST"])
def paste_key(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes a key somebody has already."""
    row = get_object_or_404(Connection.objects.all(), pk=pk)
    form = KeyForm(pages.posted(request))
    if pages.was_saved(form, lambda: credentials.paste_key(actor=request.actor, connection_id=pk, **form.cleaned_data)):
        return redirect(pages.url(request, "connection", pk=pk))
    facts = {"form": form, "connection": row}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "billing/connections/key_form.html", facts, status=status)


@page("connections:edit")
@require_POST
def drop_key(request: PracticeRequest, pk: int) -> HttpResponse:
    """Logs in with the password alone."""

    def change() -> str:
        return f"{credentials.drop_key(actor=request.actor, connection_id=pk).name} logs in with its password."

    return acting.act(request, change, pages.url(request, "connection", pk=pk))
