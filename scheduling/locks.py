"""The row locks of the calendar, by key, in this order: sessions, attendances, clinicians, rooms, clients."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet
from django.http import Http404

from clients.models import Client
from clinicians.models import Clinician
from practice.actors import Actor
from scheduling import policies
from scheduling.models import Attendance, Room, Session


def session(actor: Actor, pk: int) -> Session:
    """One session, locked. Http404 when the actor may not see it, PermissionDenied when they may only see it."""
    found = _locked(policies.visible_sessions(actor)).filter(pk=pk).first()
    if found is None:
        raise Http404
    policies.require_change(actor, found.pk)
    return found


def sessions(rows: QuerySet[Session]) -> list[Session]:
    """Sessions in the order of their keys."""
    return list(_locked(rows))


def attendances(rows: QuerySet[Attendance]) -> list[Attendance]:
    """Attendances in the order of their keys."""
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))


def people_and_room(
    clinician_ids: Collection[int], room_id: int | None, client_ids: Collection[int] = ()
) -> list[Clinician]:
    """Holds the clinicians, the room and the clients, so that two people cannot fill the same time at once."""
    clinicians = Clinician.objects.filter(pk__in=clinician_ids).select_for_update(no_key=True).order_by("pk")
    found = list(clinicians)
    if room_id is not None:
        list(Room.objects.filter(pk=room_id).select_for_update(no_key=True))
    if client_ids:
        list(Client.objects.filter(pk__in=client_ids).select_for_update(no_key=True).order_by("pk"))
    return found


def _locked(rows: QuerySet[Session]) -> QuerySet[Session]:
    return rows.select_for_update(of=("self",), no_key=True).order_by("pk")
