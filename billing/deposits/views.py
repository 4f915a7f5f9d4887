"""Payments that are not in the bank yet, a statement beside them, and marking what it names."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from billing.deposits import reading, selectors, services
from billing.models import Remittance
from billing.remittances.views._pages import base, key
from billing.remittances.words import money, name
from practice import clock
from practice.acting import url
from practice.http import PracticeRequest, page
from practice.money import total

_LARGEST: Final = 2_000_000
_TOLD: Final = 5


@page("remittances:view")
@require_GET
def deposits(request: PracticeRequest) -> HttpResponse:
    """What waits, the oldest first."""
    return _show(request)


@page("remittances:edit")
@require_POST
def choose_deposits(request: PracticeRequest) -> HttpResponse:
    """Compares a statement with what waits; nothing is recorded yet."""
    sent = request.FILES.get("statement")
    if sent is not None and (sent.size or 0) > _LARGEST:
        return _show(request, 422, trouble="This file is larger than two megabytes. Take a shorter span of days.")
    text = sent.read().decode("utf-8-sig", errors="replace") if sent is not None else request.POST.get("text", "")
    rows = reading.rows(text)
    if not rows:
        return _show(
            request, 422, trouble="No row with an amount was found. Paste the rows, or choose the bank’s CSV file."
        )
    found = selectors.compare(request.actor, rows, clock.today(request.practice))
    return _show(request, found=found, read=len(rows))


@page("remittances:edit")
@require_POST
def mark_deposits(request: PracticeRequest) -> HttpResponse:
    """Records those that are chosen."""
    chosen = [one for text in request.POST.getlist("deposit") if (one := _chosen(text)) is not None]
    if not chosen:
        messages.error(request, "Choose the payments that are in the bank.")
        return redirect(url(request, "deposits"))
    marked = services.mark(chosen, actor=request.actor, practice=request.practice)
    if marked.done:
        count = "1 deposit is" if len(marked.done) == 1 else f"{len(marked.done)} deposits are"
        messages.success(request, f"{count} recorded, {money(marked.total)}.")
    for pk, row in Remittance.objects.in_bulk(list(marked.left)[:_TOLD]).items():
        messages.error(request, f"{name(row)} was left: {marked.left[pk]}")
    return redirect(url(request, "deposits"))


def _chosen(text: str) -> tuple[int, Decimal, dt.date] | None:
    """`12|104.25|2026-11-16` as it was offered; None for anything else."""
    parts = text.split("|")
    try:
        pk, amount, on = key(parts[0]), Decimal(parts[1]), dt.date.fromisoformat(parts[2])
    except (IndexError, ValueError, ArithmeticError):
        return None
    return (pk, amount, on) if pk is not None and amount.is_finite() else None


def _show(request: PracticeRequest, status: int = 200, **more: Any) -> HttpResponse:
    rows = selectors.waiting(request.actor, request.GET.get("sort", ""))
    facts = base(request, "remittances") | {
        "rows": rows,
        "total": total(one.amount for one in rows),
        "found": None,
        "trouble": "",
        "may_edit": request.actor.may("remittances:edit"),
    }
    return TemplateResponse(request, "billing/deposits/list.html", facts | more, status=status)
