"""Rooms of the practice, under Settings."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from practice.acting import act
from practice.http import PracticeRequest, page
from scheduling.errors import SchedulingRefusedError
from scheduling.forms import RoomForm
from scheduling.models import Room
from scheduling.rooms import rooms as every_room
from scheduling.rooms import save_room, set_room_in_use
from scheduling.views.acts import url_of


@page("practice:view", "practice:edit")
@require_GET
def rooms(request: PracticeRequest) -> HttpResponse:
    """Every room, those in use first."""
    facts = {"rooms": every_room(), "may_edit": request.actor.may("practice:edit")}
    return TemplateResponse(request, "scheduling/rooms.html", facts)


@page("practice:edit")
@require_http_methods(["GET", "POST"])
def add_room(request: PracticeRequest) -> HttpResponse:
    """Asks for a new room."""
    return _room_page(request, None)


@page("practice:edit")
@require_http_methods(["GET", "POST"])
def room(request: PracticeRequest, pk: int) -> HttpResponse:
    """Asks what is different about a room."""
    found = Room.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return _room_page(request, found)


@page("practice:edit")
@require_POST
def switch_room(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes a room out of use, or back."""

    def change() -> tuple[str, str]:
        wanted = request.POST.get("use") == "yes"
        found = set_room_in_use(actor=request.actor, room_id=pk, is_active=wanted)
        return (f"{found} is in use again." if wanted else f"{found} is no longer in use."), ""

    return act(request, change, url_of(request, "rooms"))


def _room_page(request: PracticeRequest, found: Room | None) -> HttpResponse:
    initial = {"location": found.location_id, "name": found.name, "seats": found.seats} if found else {}
    form = RoomForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            saved = save_room(actor=request.actor, room_id=found.pk if found else None, **form.cleaned_data)
        except SchedulingRefusedError as error:
            form.refuse(error)
        else:
            messages.success(request, f"{saved} is saved.")
            return redirect(url_of(request, "rooms"))
    facts = {"form": form, "room": found}
    return TemplateResponse(request, "scheduling/room.html", facts, status=422 if form.is_bound else 200)
