"""Puts the billing day's page together: the board, the billing at work or done, and the entry that is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import Http404, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from billing.day import entry, folding, selectors, words
from billing.day.boards import Board
from billing.day.selectors import ALL_OPEN, Filters
from billing.day.shapes import Row, State
from billing.models import BillingRun
from practice import clock
from practice.http import PracticeRequest
from scheduling.policies import visible_attendances

OK = 200


def date_of(text: str) -> dt.date:
    """A day out of the address; Http404 when it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


def url_at(request: PracticeRequest, at: str, query: Mapping[str, str] | None = None, row: int | None = None) -> str:
    """The day's address, or that of everything open."""
    slug = request.practice.slug
    url = (
        reverse("billing_open", args=[slug])
        if at == ALL_OPEN
        else reverse("billing_day_on", args=[slug, date_of(at).isoformat()])
    )
    filled = urlencode({name: value for name, value in {**(query or {}), "row": str(row or "")}.items() if value})
    return f"{url}{'?' if filled else ''}{filled}{f'#att-{row}' if row else ''}"


def page(
    request: PracticeRequest,
    at: str,
    *,
    refused: tuple[int, str, str] | None = None,
    kept: int = 0,
    status: int = OK,
) -> TemplateResponse:
    """The page of a day or of everything open. `refused` is a row's id, its fact and the sentence that refuses it.

    `kept` is the row somebody works on: it stays in view whatever is filtered.
    """
    _stay_where_they_are(request)
    run = _run(request, None if at == ALL_OPEN else date_of(at))
    is_done = run is not None and run.status == BillingRun.Status.DONE
    filters = _filters(request, refused[0] if refused else kept, judged=is_done)
    board = folding.board(request.actor, request.practice, None if at == ALL_OPEN else date_of(at), filters)
    _open_entry(request, board, refused)
    facts: dict[str, Any] = {
        "board": board,
        "run": run,
        "working": run if run and not is_done else None,
        "result": selectors.result(run) if run and is_done and run.undone_at is None else None,
        "left_out": _left_out(run, board) if run and is_done else [],
        "pills": _pills(request, board, filters),
        "payers": _choices(request, "payer", board, filters.payer),
        "places": _choices(request, "place", board, filters.place),
        "views": _views(request, board),
        "may_edit": request.actor.may("billing:edit"),
        "may_add": request.actor.may("billing:edit") and board.date is not None and board.date <= board.today,
        "chosen": _chosen(board, filters),
        "attestation": _attestation(request, board),
        "made_at": clock.local(request.practice, run.made_at).time() if run else None,
        "by_me": run is not None and run.made_by_id == request.actor.user_id,
    }
    return TemplateResponse(request, "billing/day.html", facts, status=status)


def _stay_where_they_are(request: PracticeRequest) -> None:
    """The filters of the page on which somebody acts in place, so that the answer and its links keep them."""
    if request.method == "POST" and request.htmx and request.htmx.current_url:
        seen = QueryDict(urlsplit(request.htmx.current_url).query, mutable=True)
        seen.pop("edit", None)
        request.GET = seen  # type: ignore[assignment]


def _filters(request: PracticeRequest, kept: int, *, judged: bool) -> Filters:
    """What the address asks for, and the rows that stay in view: the one worked on, edited or pointed at."""
    asked = request.GET
    numbers = (str(kept or ""), asked.get("edit", "").partition("-")[0], asked.get("row", ""))
    return Filters(
        show=asked.get("show", ""),
        payer=asked.get("payer", ""),
        place=asked.get("place", ""),
        rows=frozenset(int(number) for number in numbers if number.isdecimal()),
        opened=int(asked["open"]) if asked.get("open", "").isdecimal() else 0,
        page=asked.get("page", ""),
        judged=judged or bool(asked.get("judged")),
    )


def _run(request: PracticeRequest, date: dt.date | None) -> BillingRun | None:
    """The billing named in the address, or the one a worker has in hand."""
    number = request.GET.get("run", "")
    if number.isdecimal():
        return BillingRun.objects.filter(pk=int(number)).first()
    return selectors.running(date)


def _left_out(run: BillingRun, board: Board) -> list[dict[str, Any]]:
    """What the click left and why, with the client where the row is on the page."""
    clients = {row.id: row.client for row in board.all_rows}
    return [
        {"id": one["attendance_id"], "client": clients.get(one["attendance_id"], ""), "why": " ".join(one["titles"])}
        for one in run.left
    ]


def _open_entry(request: PracticeRequest, board: Board, refused: tuple[int, str, str] | None) -> None:
    pk, _, name = request.GET.get("edit", "").partition("-")
    if refused is not None:
        number, name, sentence = refused
    elif pk.isdecimal():
        number, sentence = int(pk), ""
    else:
        return
    row = next((row for row in board.all_rows if row.id == number and row.state != State.BILLED), None)
    if row is not None and request.actor.may("billing:edit"):
        _fill(request, row, name, sentence)


def _fill(request: PracticeRequest, row: Row, name: str, sentence: str) -> None:
    found = visible_attendances(request.actor).select_related("session").get(pk=row.id)
    typed = {key: str(value) for key, value in request.POST.items()} if request.method == "POST" else None
    row.editing = entry.controls(name, found, request.practice, typed)
    row.editing_to = reverse(entry.address(name), args=[request.practice.slug, row.id])
    row.editing_field, row.error = name, sentence


def _pills(request: PracticeRequest, board: Board, filters: Filters) -> list[dict[str, Any]]:
    parts = (
        ("", "All", "", "", board.counted),
        ("ready", "Ready", "done", "done", len(board.of(State.READY))),
        ("fix", "Needs a fix", "wait", "needs-you", len(board.fixes)),
        ("waits", "Waits on someone", "calm", "held", len(board.waits)),
        ("billed", "Billed", "done", "done", len(board.of(State.BILLED))),
    )
    return [
        {
            "label": label,
            "kind": kind,
            "glyph": glyph,
            "count": None if board.pending and show else count,
            "current": filters.show == show,
            "url": _filtered(request, show=show),
        }
        for show, label, kind, glyph, count in parts
        if count or board.pending or show in {"", filters.show}
    ]


def _choices(request: PracticeRequest, name: str, board: Board, chosen: str) -> list[dict[str, Any]]:
    found = {
        (str(row.payer_id), row.payer) if name == "payer" else (row.place_id, row.place or "No place")
        for row in board.all_rows
    }
    every = {"label": "All", "url": _filtered(request, **{name: ""}), "current": not chosen}
    return [
        every,
        *(
            {"label": label, "url": _filtered(request, **{name: key}), "current": key == chosen}
            for key, label in sorted(found, key=lambda one: one[1])
        ),
    ]


def _chosen(board: Board, filters: Filters) -> dict[str, Any]:
    """What is filtered, in words for the buttons that open the choices."""
    payer = next((row.payer for row in board.all_rows if str(row.payer_id) == filters.payer), "")
    place = next((row.place or "No place" for row in board.all_rows if row.place_id == filters.place), "")
    return {"payer": payer, "place": place, "count": len([name for name in (filters.payer, filters.place) if name])}


def _attestation(request: PracticeRequest, board: Board) -> str:
    if not board.by_clinician:
        return words.ATTESTATION
    return words.BY_CLINICIAN_AND_YOU if request.actor.may("calendar:own") else words.BY_CLINICIAN


def _filtered(request: PracticeRequest, **changes: str) -> str:
    kept = {name: request.GET.get(name, "") for name in ("show", "payer", "place", "run")} | changes
    filled = urlencode({name: value for name, value in kept.items() if value})
    return f"?{filled}" if filled else "?"


def _views(request: PracticeRequest, board: Board) -> list[dict[str, Any]]:
    slug, is_open = request.practice.slug, board.at == ALL_OPEN
    return [
        {"label": "Day", "url": reverse("billing_day", args=[slug]), "current": not is_open},
        {"label": "All open", "url": reverse("billing_open", args=[slug]), "current": is_open},
    ]
