"""Pages about one session: booking it, looking at it, changing it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients.models import Client
from practice import audit, clock, searches
from practice.http import PracticeRequest, page
from scheduling import booking, changing, panels, policies
from scheduling.errors import SchedulingRefusedError
from scheduling.facts import Conflict
from scheduling.forms import BookingForm, ChangeForm
from scheduling.forms.booking import initial_of
from scheduling.models import Session
from scheduling.selectors import finding
from scheduling.selectors import session as selectors
from scheduling.views.acts import url_of
from scheduling.views.look import calendar_url


@page("calendar:view", "calendar:own")
@require_GET
def session(request: PracticeRequest, pk: int) -> HttpResponse:
    """A session with its attendances and its history. Opening it is recorded for each client."""
    found = selectors.find(request.actor, pk)
    shown = selectors.session_page(request.actor, request.practice, found)
    seen = [
        audit.event("session.viewed", actor=request.actor, row=found, client_id=row.client_id) for row in shown.rows
    ]
    audit.record_many(seen)
    facts = {
        "shown": shown,
        "session": found,
        "main": panels.shown(found, request.actor, "main"),
        "rail": panels.shown(found, request.actor, "rail"),
        "day_url": calendar_url(request, date=shown.start.date()),
        "is_group": found.kind == Session.Kind.GROUP,
    }
    return TemplateResponse(request, "scheduling/session.html", facts)


@page("calendar:edit", "calendar:own")
@require_http_methods(["GET", "POST"])
def book_session(request: PracticeRequest, pk: int | None = None) -> HttpResponse:
    """Asks for a new session, once or as a series, and books it; for the client `pk` where one is named."""
    asked_for = [] if pk is None else [finding.one(request.actor, pk).pk]
    form = BookingForm(request.POST if request.method == "POST" else None, actor=request.actor, initial=_asked(request))
    if form.is_bound and form.is_valid():
        try:
            booked = booking.book(actor=request.actor, booking=form.booking())
        except SchedulingRefusedError as error:
            form.refuse(error)
        else:
            what = "Booked." if booked.count == 1 else f"{booked.count} sessions are booked."
            _say(request, what, booked.skipped)
            return redirect(calendar_url(request, date=form.cleaned_data["date"]))
    facts = {"form": form, "chosen": _chosen(request, form, asked_for), "found": [], "many": _takes_many(form)}
    return TemplateResponse(request, "scheduling/book.html", facts, status=422 if form.is_bound else 200)


@page("calendar:edit", "calendar:own")
@require_http_methods(["GET", "POST"])
def change_session(request: PracticeRequest, pk: int) -> HttpResponse:
    """Asks what is different, for this session or for the rest of its series too."""
    found = selectors.find(request.actor, pk)
    policies.require_change(request.actor, pk)
    shown = selectors.session_page(request.actor, request.practice, found)
    initial = initial_of(found, shown.start, shown.minutes, shown.clinician_ids)
    form = ChangeForm(request.POST or None, actor=request.actor, session=found, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            following = form.cleaned_data.get("how_far") == "rest"
            changed = changing.change(actor=request.actor, session_id=pk, booking=form.booking(), following=following)
        except SchedulingRefusedError as error:
            form.refuse(error)
        else:
            what = "Saved." if changed.count == 1 else f"{changed.count} sessions are changed."
            _say(request, what, changed.skipped)
            return redirect(url_of(request, "session", pk=pk))
    facts = {"form": form, "shown": shown, "session": found}
    return TemplateResponse(request, "scheduling/change.html", facts, status=422 if form.is_bound else 200)


@page("calendar:edit", "calendar:own")
@require_POST
def search_session_clients(request: PracticeRequest) -> HttpResponse:
    """The clients whose names hold the words, with those chosen so far; a part of the booking form."""
    words = request.POST.get("client_words", "")
    searches.keep(request, words)
    chosen = finding.by_ids(request.actor, request.POST.getlist("clients"))
    found = finding.by_words(request.actor, words, without=[row.pk for row in chosen])
    facts = {
        "chosen": chosen,
        "found": found,
        "words": words,
        "many": request.POST.get("kind") == Session.Kind.GROUP or "group" in request.GET,
    }
    return TemplateResponse(request, "scheduling/_clients.html", facts)


def _asked(request: PracticeRequest) -> dict[str, Any]:
    """What the address fills in: the day and time that were pressed on the calendar, and whose column it was."""
    today = clock.today(request.practice)
    facts: dict[str, Any] = {"date": _parsed(dt.date.fromisoformat, request.GET.get("date"), today)}
    facts["time"] = _parsed(dt.time.fromisoformat, request.GET.get("time"), None)
    facts["minutes"] = _parsed(int, request.GET.get("minutes"), None)
    asked = [int(pk) for pk in request.GET.getlist("clinician") if pk.isdecimal()]
    return facts | ({"clinicians": asked} if asked else {})


def _parsed(read: Any, text: str | None, otherwise: Any) -> Any:
    try:
        return read(text) if text else otherwise
    except ValueError:
        return otherwise


def _chosen(request: PracticeRequest, form: BookingForm, asked_for: list[int]) -> list[Client]:
    return finding.by_ids(request.actor, (form["clients"].data or []) if form.is_bound else asked_for)


def _takes_many(form: BookingForm) -> bool:
    return bool(form["kind"].value() == Session.Kind.GROUP)


def _say(request: PracticeRequest, what: str, skipped: list[Conflict]) -> None:
    messages.success(request, what)
    if skipped:
        dates = " ".join(conflict.sentence for conflict in skipped)
        count = "One date was" if len(skipped) == 1 else f"{len(skipped)} dates were"
        messages.warning(request, f"{count} left out. {dates}")
