"""What the pages about one client's money share: the head of the record, and a form a service may refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from billing.models import Charge
from billing.money import selectors
from billing.money.errors import MoneyRefusedError
from billing.money.policies import visible_clients
from billing.money.selectors import OpenCharge
from billing.receivables import balance
from clients import actions, tabs
from clients.models import Client
from clients.selectors import record
from practice import audit, clock
from practice.http import PracticeRequest

ACCOUNT = "client_account"


def address(request: PracticeRequest, name: str, *args: int) -> str:
    """The address of a page in this practice."""
    return reverse(name, args=[request.practice.slug, *args])


def money_page(request: PracticeRequest, pk: int) -> tuple[Client, dict[str, Any]]:
    """The client with what stands above every page about their money; written down as viewed."""
    actor, today = request.actor, clock.today(request.practice)
    client = get_object_or_404(visible_clients(actor), pk=pk)
    audit.record("client.viewed", actor=actor, row=client, client_id=client.pk)
    return client, {
        "client": client,
        "today": today,
        "head": record.head(client, record.caseloads(client), today),
        "tabs": tabs.entries(request.practice, actor, client, ACCOUNT),
        "actions": actions.entries(request.practice, actor, client),
        "balance": balance(pk),
        "other_statuses": [status for status in Client.Status if status != client.status],
        "may_edit": actor.may("clients:edit"),
        "may_post": actor.may("money:edit"),
    }


def charge_page(request: PracticeRequest, pk: int) -> tuple[Charge, OpenCharge, dict[str, Any]]:
    """A charge with what stands above its page; Http404 when it is not there or was taken back."""
    found = selectors.one_charge(request.actor, pk, clock.today(request.practice))
    if found is None:
        raise Http404
    _, facts = money_page(request, found[0].client_id)
    return *found, facts | {"charge": found[0], "open": found[1]}


def post_form(
    request: PracticeRequest, form: Any, act: Callable[[], tuple[str, str]], back: str
) -> HttpResponse | None:
    """Sends a form's facts to a service; None when the form stays, with what is wrong in it.

    `act` gives what was done, in words, and the address that takes it back.
    """
    if not form.is_valid():
        return None
    try:
        said, undo = act()
    except MoneyRefusedError as error:
        form.refuse(error)
        return None
    messages.success(request, said, extra_tags=f"undo:{undo}" if undo else "")
    return redirect(back)


def act_and_return(request: PracticeRequest, act: Callable[[], str], back: str) -> HttpResponse:
    """Does it and says so, or says why not; then back."""
    try:
        messages.success(request, act())
    except MoneyRefusedError as error:
        messages.error(request, str(error))
    return redirect(back)


def shown(request: PracticeRequest, template: str, facts: dict[str, Any], *forms: Any) -> TemplateResponse:
    """The page; 422 when one of its forms was sent and stays."""
    bound = any(form is not None and form.is_bound for form in forms)
    return TemplateResponse(request, template, facts, status=422 if bound else 200)


def sent(request: PracticeRequest) -> Any:
    """What was posted, or None."""
    return request.POST if request.method == "POST" else None


def numbers(request: PracticeRequest, name: str) -> list[int]:
    """The ids that the address names; anything else is left out."""
    return [int(value) for value in request.GET.getlist(name) if value.isdecimal() and len(value) < len(str(2**63))]
