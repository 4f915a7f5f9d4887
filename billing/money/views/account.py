"""The Money tab of a client: figures, open charges, payments, and the running account."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from billing.money import selectors
from billing.money.views._pages import money_page
from practice.http import PracticeRequest, page

_ON_A_PAGE = 50


@page("money:view")
@require_GET
def client_account(request: PracticeRequest, pk: int) -> HttpResponse:
    """What is open, what was paid, and every entry with the balance after it, the newest first."""
    client, facts = money_page(request, pk)
    lines = selectors.account(client.pk, facts["today"])[::-1]
    facts |= {
        "charges": selectors.open_charges(client.pk, facts["today"]),
        "payments": selectors.payments(client.pk, request.GET.get("payments", "")),
        "page": Paginator(lines, _ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return TemplateResponse(request, "billing/money/account.html", facts)


@page("money:view")
@require_GET
def print_account(request: PracticeRequest, pk: int) -> HttpResponse:
    """The whole running account on paper, the oldest entry first."""
    client, facts = money_page(request, pk)
    facts["lines"] = selectors.account(client.pk, facts["today"])
    return TemplateResponse(request, "billing/money/account_print.html", facts)
