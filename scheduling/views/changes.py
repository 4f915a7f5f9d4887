"""Small changes of a session and its attendances: posted, done, told, undone."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from practice import clock
from practice.acting import act
from practice.http import PracticeRequest, page
from scheduling import attending, canceling, moving
from scheduling.errors import BookingRefusedError, SchedulingRefusedError
from scheduling.selectors import session as selectors
from scheduling.views.acts import back_url, undo_url, url_of
from scheduling.words import date_words, time_words


@page("calendar:edit", "calendar:own")
@require_POST
def move_session(request: PracticeRequest, pk: int) -> HttpResponse:
    """A session dragged elsewhere or made longer: answers with a toast, 422 when it goes back."""
    selectors.find(request.actor, pk)
    try:
        start = dt.datetime.fromisoformat(_posted(request, "start"))
        moved = moving.move(
            actor=request.actor,
            session_id=pk,
            date=start.date(),
            time=start.time(),
            minutes=int(_posted(request, "minutes")),
            from_clinician_id=_id(request, "from"),
            to_clinician_id=_id(request, "to"),
        )
    except SchedulingRefusedError as error:
        return _toast(request, str(error), is_refused=True)
    except ValueError:
        return _toast(request, "That time cannot be read. Nothing was moved.", is_refused=True)
    words = f"Moved to {date_words(start.date(), clock.today(request.practice))}, {time_words(start)}."
    return _toast(request, words, undo=undo_url(request, pk, moved.undo_id))


@page("calendar:edit", "calendar:own")
@require_POST
def undo_session_change(request: PracticeRequest, pk: int, undo: uuid.UUID) -> HttpResponse:
    """Takes back a move or a cancellation, as the record of it says what was before."""
    back = back_url(request, url_of(request, "session", pk=pk))

    def change() -> tuple[str, str]:
        session = selectors.find(request.actor, pk)
        event = moving.undo_record(session, undo, moving.MOVED, canceling.CANCELED, canceling.REST_CANCELED)
        if event.action == moving.MOVED:
            moving.undo_move(actor=request.actor, session_id=pk, undo_id=undo)
            return "Back where it was.", ""
        count = canceling.undo_cancel(actor=request.actor, session_id=pk, undo_id=undo)
        return ("Back on the calendar." if count == 1 else f"{count} sessions are back on the calendar."), ""

    return act(request, change, back)


@page("calendar:edit", "calendar:own")
@require_POST
def cancel_session(request: PracticeRequest, pk: int) -> HttpResponse:
    """Cancels one session or the rest of its series. Whether it is late is what the form says, else the rule's."""

    def change() -> tuple[str, str]:
        done = canceling.cancel(
            actor=request.actor,
            session_id=pk,
            reason=request.POST.get("reason", "")[:200],
            late={"yes": True, "no": False}.get(request.POST.get("late", "")),
            following=request.POST.get("following") == "yes",
        )
        what = "Canceled." if done.count == 1 else f"{done.count} sessions are canceled."
        return f"Canceled late. {what}" if done.is_late and done.count > 1 else what, undo_url(
            request, pk, done.undo_id
        )

    return act(request, change, url_of(request, "session", pk=pk))


@page("calendar:edit", "calendar:own")
@require_POST
def restore_session(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts a canceled session back, if its time is still free."""

    def change() -> tuple[str, str]:
        canceling.restore(actor=request.actor, session_id=pk)
        return "Back on the calendar.", ""

    return act(request, change, url_of(request, "session", pk=pk))


@page("calendar:edit", "calendar:own", "billing:edit")
@require_POST
def set_attendance_status(request: PracticeRequest, pk: int) -> HttpResponse:
    """Says what happened to one client's part of a session."""
    session_id = attending.session_id_of(request.actor, pk)

    def change() -> tuple[str, str]:
        status, reason = request.POST.get("status", ""), request.POST.get("reason", "")[:200]
        row = attending.set_status(actor=request.actor, attendance_id=pk, status=status, reason=reason)
        return f"{row.client.name}: {row.get_status_display().lower()}.", ""

    return act(request, change, url_of(request, "session", pk=session_id))


@page("calendar:edit", "calendar:own")
@require_POST
def add_session_client(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes a client into a group, from now on where asked."""
    selectors.find(request.actor, pk)

    def change() -> tuple[str, str]:
        chosen = request.POST.get("clients", "")
        if not chosen.isdecimal():
            raise BookingRefusedError("Choose the client.", "clients")
        following = request.POST.get("following") == "yes"
        made = attending.add_client(actor=request.actor, session_id=pk, client_id=int(chosen), following=following)
        return f"{made[0].client.name} is in the group." if made else "Nothing to add.", ""

    return act(request, change, url_of(request, "session", pk=pk))


@page("calendar:edit", "calendar:own")
@require_POST
def remove_session_client(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes a client out of one session of a group."""
    session_id = attending.session_id_of(request.actor, pk)

    def change() -> tuple[str, str]:
        attending.remove_client(actor=request.actor, attendance_id=pk)
        return "Taken out of this session.", ""

    return act(request, change, url_of(request, "session", pk=session_id))


def _posted(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "")


def _id(request: HttpRequest, name: str) -> int | None:
    value = _posted(request, name)
    return int(value) if value.isdecimal() else None


def _toast(request: PracticeRequest, words: str, *, undo: str = "", is_refused: bool = False) -> HttpResponse:
    facts = {"words": words, "undo": undo, "is_refused": is_refused}
    return TemplateResponse(request, "scheduling/_toast.html", facts, status=422 if is_refused else 200)
