"""What is open with payers under their references."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from billing.remittances.selectors.balances import payer_balances as open_balances
from billing.remittances.views._pages import base
from practice.http import PracticeRequest, page
from practice.money import total


@page("remittances:view")
@require_GET
def payer_balances(request: PracticeRequest) -> HttpResponse:
    """Every balance that is not settled; each opens to its lines."""
    rows = open_balances()
    facts = {
        "rows": rows,
        "theirs": total(row.amount for row in rows if row.amount > 0),
        "ours": total(-row.amount for row in rows if row.amount < 0),
    }
    facts = base(request, "payer_balances") | facts
    return TemplateResponse(request, "billing/remittances/balances.html", facts)
