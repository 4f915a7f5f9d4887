"""Books a session, once or as a series."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from practice import audit, clock
from practice.actors import Actor
from practice.models import Location, Practice, Service
from scheduling import conflicts, locks, making, policies, series
from scheduling.errors import BookingRefusedError, DoubleBookedError
from scheduling.facts import LONGEST, SHORTEST, Booked, Booking, Span
from scheduling.models import Room, Session

ONE_CLIENT = {Session.Kind.INDIVIDUAL, Session.Kind.COUPLE, Session.Kind.FAMILY}


@transaction.atomic
def book(*, actor: Actor, booking: Booking) -> Booked:
    """Makes the session, or the series up to 26 weeks ahead.

    Who bills may add what took place without being on the calendar (`made_on_billing_day`), and nothing else.
    Raises BookingRefusedError for facts that make no session, DoubleBookedError when clinician, room or client
    is taken. In a series only the first date must be free; other taken dates are left out and reported.
    """
    practice = Practice.objects.get(pk=actor.practice_id)
    _require(actor, practice, booking)
    check(actor, booking)
    refuse_strange_clients(actor, booking.client_ids)
    locks.people_and_room(booking.clinician_ids, booking.room_id, booking.client_ids)
    first = span_of(practice, booking)
    refuse_taken(actor, practice, first, booking)
    if booking.repeat:
        return series.start(actor=actor, practice=practice, booking=booking, repeat=booking.repeat)
    with making.the_constraint_in_words(actor, practice, [first], booking.clinician_ids, booking.room_id):
        session = making.sessions(booking, [first], practice=practice, actor=actor)[0]
    audit.record(
        "session.booked",
        actor=actor,
        row=session,
        client_id=booking.client_ids[0] if len(booking.client_ids) == 1 else None,
        after=audit.snapshot(session) | {"clients": list(booking.client_ids)},
    )
    return Booked(session.pk)


def _require(actor: Actor, practice: Practice, booking: Booking) -> None:
    if not booking.made_on_billing_day:
        actor.require("calendar:edit", "calendar:own")
        return
    actor.require("billing:edit")
    if booking.repeat or span_of(practice, booking).starts_at > clock.now():
        raise BookingRefusedError("Only what has taken place is added here. Book later ones on the calendar.", "time")


def span_of(practice: Practice, booking: Booking, date: dt.date | None = None) -> Span:
    """The instants at which the practice's clock shows the booking's time, on its date or another."""
    return Span.of(clock.instant(practice, date or booking.date, booking.time), booking.minutes)


def refuse_taken(actor: Actor, practice: Practice, span: Span, booking: Booking, except_id: int | None = None) -> None:
    """DoubleBookedError with its sentence when a clinician, the room or a client has something else then."""
    except_ids = [] if except_id is None else [except_id]
    found = conflicts.find([span], booking.clinician_ids, booking.room_id, booking.client_ids, except_ids=except_ids)
    hits = conflicts.against(span, found)
    if hits:
        raise DoubleBookedError(conflicts.sentence(actor, practice, hits[0]), hits[0].field)


def check(actor: Actor, booking: Booking, already: Collection[int] = ()) -> None:
    """BookingRefusedError for what cannot be a session. Clinicians who are in it `already` may stay, whoever asks."""
    _check_shape(booking)
    _check_who(actor, booking, set(already))
    _check_what(booking)


def _check_shape(booking: Booking) -> None:
    if not SHORTEST <= booking.minutes <= LONGEST:
        raise BookingRefusedError(f"A session takes {SHORTEST} to {LONGEST} minutes.", "minutes")
    if booking.kind in ONE_CLIENT and len(booking.client_ids) != 1:
        raise BookingRefusedError(_who_is_missing(booking), "clients")
    if booking.kind == Session.Kind.MEETING and booking.client_ids:
        raise BookingRefusedError("A meeting has no clients. Choose another kind of session.", "clients")
    if booking.kind == Session.Kind.MEETING and not booking.title:
        raise BookingRefusedError("Say what the time is for.", "title")
    if booking.repeat and booking.repeat.until and booking.repeat.until < booking.date:
        raise BookingRefusedError("The last date lies before the first.", "until")


def _who_is_missing(booking: Booking) -> str:
    if not booking.client_ids:
        return "Choose the client."
    if booking.kind == Session.Kind.INDIVIDUAL:
        return "An individual session has one client. For several, choose a group."
    return "Choose the one client who is billed, and name the others in the line below."


def _check_who(actor: Actor, booking: Booking, already: set[int]) -> None:
    if not booking.clinician_ids:
        raise BookingRefusedError("Choose the clinician.", "clinicians")
    if len(set(booking.clinician_ids)) != len(booking.clinician_ids):
        raise BookingRefusedError("A clinician is named twice.", "clinicians")
    new = set(booking.clinician_ids) - already
    known = policies.billable_clinicians if booking.made_on_billing_day else policies.bookable_clinicians
    clinicians = list(known(actor).filter(pk__in=new))
    if len(clinicians) != len(new):
        raise BookingRefusedError("You may book for yourself only.", "clinicians")
    for clinician in clinicians:
        if clinician.ends_on and clinician.ends_on < booking.date:
            raise BookingRefusedError(f"{clinician.name} left before that day.", "clinicians")


def refuse_strange_clients(actor: Actor, client_ids: tuple[int, ...]) -> None:
    """BookingRefusedError for a client whose record the actor may not open."""
    wanted = set(client_ids)
    if policies.bookable_clients(actor).filter(pk__in=wanted).count() != len(wanted):
        raise BookingRefusedError("That client is not on your list.", "clients")


def _check_what(booking: Booking) -> None:
    if booking.kind != Session.Kind.MEETING and booking.service_id is None:
        raise BookingRefusedError("Choose the service.", "service")
    service = Service.objects.filter(pk=booking.service_id).first() if booking.service_id else None
    if booking.service_id and service is None:
        raise BookingRefusedError("That service is not offered here.", "service")
    if service is not None and booking.telehealth and not service.telehealth:
        raise BookingRefusedError(f"{service.code} is not given by telehealth here.", "telehealth")
    if booking.location_id and not Location.objects.filter(pk=booking.location_id).exists():
        raise BookingRefusedError("That place is not in the list.", "location")
    _check_room(booking)


def _check_room(booking: Booking) -> None:
    if booking.room_id is None:
        return
    room = Room.objects.filter(pk=booking.room_id).select_related("location").first()
    if room is None or not room.is_active:
        raise BookingRefusedError("That room is not in use.", "room")
    if booking.location_id and room.location_id != booking.location_id:
        raise BookingRefusedError(f"{room} is at {room.location}.", "room")
    if booking.telehealth:
        raise BookingRefusedError("Telehealth needs no room. Leave the room empty.", "room")
