"""What the pages about remittances, denials and answers do alike: tabs, addresses, and acts that may be refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from billing.inbound.errors import InboundRefusedError
from billing.money.errors import MoneyRefusedError
from billing.remittances.errors import RemittanceRefusedError
from billing.remittances.forms import RefusableForm
from billing.remittances.selectors import listing, worklist
from billing.takebacks.selectors import listing as takebacks
from practice import clock
from practice.acting import url
from practice.http import PracticeRequest
from practice.states import InvalidTransitionError

REFUSALS: Final = (RemittanceRefusedError, MoneyRefusedError, InboundRefusedError, InvalidTransitionError)
_BIGGEST: Final = 18


def by_form(
    request: PracticeRequest, form: RefusableForm, change: Callable[[], str], back: str, undo: str = ""
) -> HttpResponse | None:
    """Does what a form on a page says and goes back; None when the form stays, with what is wrong in it."""
    if not form.is_valid():
        return None
    try:
        said = change()
    except REFUSALS as error:
        form.refuse(error)
        return None
    messages.success(request, said, extra_tags=f"undo:{undo}" if undo else "")
    return redirect(back)


def key(text: str) -> int | None:
    """A key as somebody sent it; None when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _BIGGEST else None


def keys(request: PracticeRequest, name: str) -> list[int]:
    """The keys in the address."""
    return [found for text in request.GET.getlist(name) if (found := key(text)) is not None]


def posted(request: PracticeRequest) -> Any:
    """What was sent, or None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def base(request: PracticeRequest, current: str) -> dict[str, Any]:
    """The tabs of the room, with what waits behind each, and the day."""
    today = clock.today(request.practice)
    actor = request.actor
    if not actor.may("remittances:view"):
        return {"tabs": [], "today": today}
    tabs = [
        ("remittances", "Remittances", listing.waiting(actor) or None),
        ("denials", "Denials", worklist.to_work(actor, today) or None),
        ("answers", "Answers", None),
        ("payer_balances", "Takebacks", takebacks.to_look_at(actor, today) or None),
    ]
    items = [
        {"label": label, "url": url(request, name), "current": name == current, "count": count}
        for name, label, count in tabs
    ]
    return {"tabs": items, "today": today}
