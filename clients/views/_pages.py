"""What the pages of clients share: the head and tabs of one record, a form a service may refuse, a small act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from clients import actions, services, tabs
from clients.errors import ClientRefusedError
from clients.models import Client
from clients.policies import may_diagnose, sees_rates
from clients.selectors import record
from practice import clock, returning
from practice.http import PracticeRequest


def address(request: PracticeRequest, name: str, *args: int) -> str:
    """The address of a page in this practice."""
    return reverse(name, args=[request.practice.slug, *args])


def record_page(request: PracticeRequest, pk: int, tab: str) -> tuple[Client, dict[str, Any]]:
    """The client with what stands above every tab; written down as viewed. Http404 when not theirs to see."""
    actor, today = request.actor, clock.today(request.practice)
    client = services.open_record(actor=actor, client_id=pk)
    seen = record.caseloads(client)
    return client, {
        "client": client,
        "today": today,
        "caseloads": seen,
        "head": record.head(client, seen, today),
        "tabs": tabs.entries(request.practice, actor, client, tab),
        "actions": actions.entries(request.practice, actor, client),
        "other_statuses": [status for status in Client.Status if status != client.status],
        "may_edit": actor.may("clients:edit"),
        "may_diagnose": may_diagnose(actor),
        "sees_rates": sees_rates(actor),
    }


def form_page(
    request: PracticeRequest,
    client_id: int,
    form: Any,
    act: Callable[[dict[str, Any]], str],
    *,
    back: str,
    template: str,
    undo: str = "",
    **facts: Any,
) -> HttpResponse:
    """Shows a form about a client; sent and accepted by the service, it goes `back` and says what was done.

    Somebody who came from a worklist goes back there.
    """
    back = returning.onward(request, back)
    if request.method == "POST" and form.is_valid():
        try:
            said = act(form.cleaned_data)
        except ClientRefusedError as error:
            form.refuse(error)
        else:
            messages.success(request, said, extra_tags=f"undo:{undo}" if undo else "")
            return redirect(back)
    client, shown = record_page(request, client_id, "")
    shown |= {"form": form, "back": back, "title": client.name, **facts}
    return TemplateResponse(request, template, shown, status=422 if form.is_bound else 200)


def sent(request: PracticeRequest) -> Any:
    """What was posted, or None."""
    return request.POST if request.method == "POST" else None
