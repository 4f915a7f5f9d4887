"""One remittance: what it says, what waits, and what became of it."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from billing.legacy.selectors import made_from, offer
from billing.models import Remittance
from billing.remittances.corrections import open_ones
from billing.remittances.forms import AsideForm, DepositForm, TakeBackForm
from billing.remittances.selectors import claims, question
from billing.remittances.selectors import remittance as selectors
from billing.remittances.selectors.claims import ALL, LOOK, SURE, ClaimShown
from billing.remittances.selectors.corrections import Row as Correction
from billing.remittances.selectors.corrections import row as known_otherwise
from billing.remittances.selectors.earlier import earlier
from billing.remittances.views._pages import base, key
from practice import audit, clock, searches
from practice.acting import url
from practice.http import PracticeRequest, page

_KEPT: Final = ("tab", "claim", "s", "page")


@page("remittances:view")
@require_GET
def remittance(request: PracticeRequest, pk: int) -> HttpResponse:
    """The remittance's page; that it was looked at stands in the trail."""
    return show(request, pk)


@page("remittances:view")
@require_GET
def remittance_copy(request: PracticeRequest, pk: int) -> HttpResponse:
    """Everything it says on one page, to read or to print."""
    row = found_or_404(request, pk)
    rows = claims.every(row)
    _written_down(request, row, rows)
    facts = {"row": row, "facts": selectors.facts(request.actor, row), "rows": rows}
    facts = base(request, "remittances") | facts
    return TemplateResponse(request, "billing/remittances/copy.html", facts)


def show(request: PracticeRequest, pk: int, status: int = 200, **forms: Any) -> HttpResponse:
    """The page, with forms that were refused where there are some."""
    row = found_or_404(request, pk)
    found = claims.listed(row, request.GET.get("tab", ""), request.GET.get("page", "1"))
    known = selectors.facts(request.actor, row)
    words = searches.words_of(request)
    asked = question.question(request.actor, row, found, key(request.GET.get("claim", "")), words)
    _written_down(request, row, found.rows)
    facts = base(request, "remittances") | {
        "row": row,
        "facts": known,
        "found": found,
        "balance": selectors.balance_of(known, found),
        "why": selectors.unmatched_title(len(found.unmatched)) if found.unmatched else known.why,
        "question": asked,
        "made_here": made_from(row),
        "legacy": offer(request.actor, asked.claim.row) if asked else None,
        "words": words,
        "lines": question.line_questions(row, found.rows),
        "segment": _segment(request, pk, found),
        "deposit_form": DepositForm(initial={"on": clock.today(request.practice)}),
        "earlier": earlier(request.actor, row),
        "corrections": _corrections(row, found),
        "aside_form": AsideForm(),
        "back_form": TakeBackForm(auto_id="id_back_%s"),
        "may_edit": request.actor.may("remittances:edit"),
    }
    return TemplateResponse(request, "billing/remittances/remittance.html", facts | forms, status=status)


def _corrections(row: Remittance, found: claims.Listed) -> list[Correction]:
    """Clients of this page whom the payer knows otherwise; that is noticed when it is posted."""
    if row.status != Remittance.Status.POSTED:
        return []
    return [known_otherwise(one) for one in open_ones([one.row.pk for one in found.rows])]


def found_or_404(request: PracticeRequest, pk: int) -> Remittance:
    """The remittance, or the answer for what is not there."""
    row = selectors.one(request.actor, pk)
    if row is None:
        raise Http404
    return row


def back(request: PracticeRequest, pk: int, **query: str) -> str:
    """The page again, where somebody stood on it."""
    kept = {name: request.GET.get(name, "") for name in _KEPT if name in {"tab", "page"}}
    return url(request, "remittance", pk, **(kept | query))


def _segment(request: PracticeRequest, pk: int, found: claims.Listed) -> list[dict[str, Any]]:
    tabs = [(LOOK, "To look at", found.looks), (SURE, "Matched", found.sure), (ALL, "All", found.count)]
    return [
        {
            "label": label,
            "url": url(request, "remittance", pk, tab="" if name == ALL else name),
            "current": name == found.tab,
            "count": count,
        }
        for name, label, count in tabs
    ]


def _written_down(request: PracticeRequest, row: Remittance, rows: list[ClaimShown]) -> None:
    """Whose answers were read: one event for the remittance, one for each client on the page."""
    clients = dict.fromkeys(one.row.claim.client_id for one in rows if one.row.claim is not None)
    audit.record_many(
        audit.event("remittance.viewed", actor=request.actor, row=row, client_id=client) for client in [*clients, None]
    )
