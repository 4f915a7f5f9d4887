"""The Money tab of a client: figures, open charges, payments, and the running account."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from billing.money import running, selectors
from billing.money.forms import TakeBackForm
from billing.money.views._pages import money_page
from practice.http import PracticeRequest, page


@page("money:view")
@require_GET
def client_account(request: PracticeRequest, pk: int) -> HttpResponse:
    """What is open, what was paid, and every entry with the balance after it, the newest first."""
    client, facts = money_page(request, pk)
    account = running.account_page(client.pk, facts["today"], request.GET.get("page", ""))
    facts |= {
        "charges": selectors.open_charges(client.pk, facts["today"]),
        "payments": selectors.payments(client.pk, request.GET.get("payments", "")),
        "account": account,
        "page": account.page,
        "opens_claims": request.actor.may("claims:view"),
        "take_back_form": TakeBackForm(),
    }
    return TemplateResponse(request, "billing/money/account.html", facts)


@page("money:view")
@require_GET
def print_account(request: PracticeRequest, pk: int) -> HttpResponse:
    """The whole running account on paper, the oldest entry first."""
    client, facts = money_page(request, pk)
    lines = running.account(client.pk, facts["today"])
    facts |= {"lines": lines, "last": lines[-1] if lines else None}
    return TemplateResponse(request, "billing/money/account_print.html", facts)
