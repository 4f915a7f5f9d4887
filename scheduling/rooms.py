"""Rooms of the practice: added, changed, taken out of use and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.http import Http404

from practice import audit, clock
from practice.actors import Actor
from practice.models import Location
from scheduling.errors import SchedulingRefusedError
from scheduling.models import Room, Session

_FIELDS: Final = ("location_id", "name", "seats", "is_active")


class RoomRefusedError(SchedulingRefusedError):
    """The room is not saved."""


def rooms() -> Sequence[Room]:
    """Every room with its place, those in use first."""
    return list(Room.objects.select_related("location").order_by("-is_active", "location__name", "name"))


@transaction.atomic
def save_room(*, actor: Actor, location: Location, name: str, seats: int | None, room_id: int | None = None) -> Room:
    """Adds a room, or changes one; two rooms of a place never have the same name."""
    actor.require("practice:edit")
    room = Room() if room_id is None else _locked(room_id)
    before = {} if room_id is None else audit.snapshot(room, _FIELDS)
    name = " ".join(name.split())
    if Room.objects.filter(~Q(pk=room.pk or 0), location=location, name__iexact=name).exists():
        raise RoomRefusedError(f"{location} has a room of that name already.", "name")
    room.location, room.name, room.seats = location, name, seats
    room.save()
    _record("room.added" if room_id is None else "room.changed", actor, room, before)
    return room


@transaction.atomic
def set_room_in_use(*, actor: Actor, room_id: int, is_active: bool) -> Room:
    """Takes a room out of use or back; one with sessions to come stays until they are elsewhere."""
    actor.require("practice:edit")
    room = _locked(room_id)
    coming = Session.objects.filter(room=room, occupies=True, starts_at__gt=clock.now()) if actor.phi else None
    count = coming.count() if coming is not None and not is_active else 0
    if count:
        what = "One session" if count == 1 else f"{count} sessions"
        raise RoomRefusedError(f"{what} to come in {room}. Move them first.")
    before = audit.snapshot(room, _FIELDS)
    room.is_active = is_active
    room.save(update_fields=["is_active"])
    _record("room.changed", actor, room, before)
    return room


def _locked(room_id: int) -> Room:
    found = Room.objects.filter(pk=room_id).select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise Http404
    return found


def _record(action: str, actor: Actor, room: Room, before: dict[str, Any]) -> None:
    was, became = audit.changes(before, audit.snapshot(room, _FIELDS))
    audit.record(action, actor=actor, row=room, before=was, after=became)
