"""The list of documentation."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from charting import listing
from charting.views._pages import KNOWS
from practice.http import PracticeRequest, page

_WORDS: Final = {
    "open": "All open",
    "unsigned": "Unsigned",
    "missing": "Missing",
    "drafted": "Drafts",
    "cosign": "Waits for co-signature",
    "done": "Done",
}


@page(*KNOWS)
@require_GET
def documentation(request: PracticeRequest) -> HttpResponse:
    """What is missing, drafted or waits for a co-signature, oldest first."""
    state = request.GET.get("state", "open")
    chosen = request.GET.get("clinician", "")
    clinician_id = int(chosen) if chosen.isascii() and chosen.isdigit() else None
    found = listing.documentation(
        request.actor,
        request.practice,
        state=state,
        clinician_id=clinician_id,
        sort=request.GET.get("sort", ""),
        page=request.GET.get("page", ""),
    )
    facts = {"found": found, "pills": _pills(request.GET, state, found), "state": state, "clinician_id": clinician_id}
    return TemplateResponse(request, "charting/documentation.html", facts)


def _pills(query: QueryDict, state: str, found: listing.NoteList) -> list[dict[str, Any]]:
    return [
        {"label": words, "url": _url(query, name), "current": name == state, "count": f"{found.counts[name]:,}"}
        for name, words in _WORDS.items()
    ]


def _url(query: QueryDict, state: str) -> str:
    kept = query.copy()
    kept.pop("page", None)
    kept["state"] = state
    return f"?{kept.urlencode()}"
