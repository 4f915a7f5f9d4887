"""Batches: what leaves when, what was sent, and the files themselves."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from billing.claims import batching, repeating, settling
from billing.claims.selectors import batches as selectors
from billing.claims.selectors.batches import GROUPS, Wanted
from billing.claims.views._pages import number
from billing.models import Connection, Request
from billing.pills import ALL
from practice import audit, clock, files, searches
from practice.acting import act, url
from practice.http import PracticeRequest, page

_TONES: Final = {"unknown": "wait", "stopped": "stop"}


@page("claims:view")
@require_GET
def batches(request: PracticeRequest) -> HttpResponse:
    """The batches: searched, narrowed, newest first."""
    group = request.GET.get("group", ALL)
    through, words = number(request, "through"), searches.words_of(request)
    wanted = Wanted(words, group if group in GROUPS else ALL, through, request.GET.get("page", "1"))
    found = selectors.batch_list(request.actor, wanted)
    facts = {
        "page": found.page,
        "rows": found.rows,
        "wanted": wanted,
        "through": Connection.objects.filter(pk=through).first() if through else None,
        "pills": _pills(request, found.counts, wanted.group),
        "today": clock.today(request.practice),
    }
    return TemplateResponse(request, "billing/claims/batches.html", facts)


@page("claims:view")
@require_POST
def search_batches(request: PracticeRequest) -> HttpResponse:
    """Keeps the words of a search out of the address."""
    return redirect(url(request, "batches", s=searches.keep(request, request.POST.get("q", ""))))


def _pills(request: PracticeRequest, counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    kept = {name: request.GET.get(name, "") for name in ("s", "through")}
    return [
        {
            "label": label,
            "url": url(request, "batches", **kept, group="" if key == ALL else key),
            "current": key == current,
            "count": counts[key],
            "kind": _TONES.get(key, "") if counts[key] else "",
        }
        for key, (label, _) in GROUPS.items()
        if counts[key] or key in {ALL, current}
    ]


@page("claims:view")
@require_GET
def batch(request: PracticeRequest, pk: int) -> HttpResponse:
    """One batch with its claims and files; while it is under way the page looks again by itself."""
    found = selectors.batch_page(request.actor, pk)
    if found is None:
        raise Http404
    facts = {
        "row": found[0],
        "files": found[0].with_answers(request.actor),
        "keyed": repeating.has_keys(found[0].batch.connection),
        "batch": found[0].batch,
        "claims": found[1],
        "today": clock.today(request.practice),
        "is_moving": found[0].chip.kind == "move",
        "may_edit": request.actor.may("claims:edit"),
    }
    template = "_batch" if request.htmx else "batch"
    return TemplateResponse(request, f"billing/claims/{template}.html", facts)


@page("claims:edit")
@require_POST
def send_batch_now(request: PracticeRequest, pk: int) -> HttpResponse:
    """Does not wait for the delay."""

    def change() -> str:
        batching.send_now(actor=request.actor, batch_id=pk)
        return f"Batch {pk} leaves now."

    return act(request, change, url(request, "batch", pk))


@page("claims:edit")
@require_POST
def hold_batch_back(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes the batch apart; its claims are ready again."""

    def change() -> str:
        batching.hold_back(actor=request.actor, batch_id=pk)
        return f"Batch {pk} is held back. Its claims are ready and nothing was sent."

    return act(request, change, url(request, "claims", group="ready"))


@page("claims:view")
@require_GET
def request_file(request: PracticeRequest, pk: int) -> HttpResponse:
    """The file exactly as it was sent."""
    row = get_object_or_404(Request.objects.select_related("file"), pk=pk)
    audit.record("request.downloaded", actor=request.actor, row=row)
    response = HttpResponse(files.read(row.file), content_type="application/edi-x12")
    response["Content-Disposition"] = f'attachment; filename="{row.filename}"'
    return response


@page("claims:edit")
@require_POST
def send_request_again(request: PracticeRequest, pk: int) -> HttpResponse:
    """A person has looked: the file did not arrive, the same bytes go once more."""

    def change() -> str:
        return f"{settling.send_again(actor=request.actor, request_id=pk).filename} is sent again."

    return act(request, change, _batch_of(request, pk))


@page("claims:edit")
@require_POST
def take_request_back(request: PracticeRequest, pk: int) -> HttpResponse:
    """The clearinghouse did not take the file: its claims are ready again."""

    def change() -> str:
        row = settling.take_back(actor=request.actor, request_id=pk)
        return f"The claims of {row.filename} are ready again. Correct them, then send them."

    return act(request, change, _batch_of(request, pk))


@page("claims:edit")
@require_POST
def say_request_arrived(request: PracticeRequest, pk: int) -> HttpResponse:
    """A person has looked: the file arrived."""

    def change() -> str:
        return f"{settling.say_arrived(actor=request.actor, request_id=pk).filename} is marked as sent."

    return act(request, change, _batch_of(request, pk))


def _batch_of(request: PracticeRequest, pk: int) -> str:
    return url(request, "batch", get_object_or_404(Request.objects.all(), pk=pk).batch_id)
