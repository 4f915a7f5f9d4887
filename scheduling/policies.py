"""Who may see which time on the calendar and which attendances, and who may change them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from clients.models import Client
from clients.policies import visible_clients
from clinicians.models import Clinician
from clinicians.policies import own_clinician_id
from practice.actors import Actor
from scheduling.models import Attendance, Session, SessionClinician


def visible_sessions(actor: Actor) -> QuerySet[Session]:
    """Every session for who sees the whole calendar; otherwise the sessions the actor takes part in."""
    if actor.may("calendar:view"):
        return Session.objects.all()
    return Session.objects.filter(pk__in=_own_sessions(actor))


def visible_parts(actor: Actor) -> QuerySet[SessionClinician]:
    """The clinicians' parts of sessions as the columns of `shown_clinicians` hold them."""
    if actor.may("calendar:view"):
        return SessionClinician.objects.all()
    return SessionClinician.objects.filter(clinician=own_clinician_id(actor) or 0)


def visible_attendances(actor: Actor) -> QuerySet[Attendance]:
    """Every attendance for who sees the calendar or the billing day; otherwise those of the actor's sessions."""
    if actor.may("calendar:view", "billing:view"):
        return Attendance.objects.all()
    return Attendance.objects.filter(session_id__in=_own_sessions(actor))


def changeable_sessions(actor: Actor) -> QuerySet[Session]:
    """The sessions the actor may move, change and cancel."""
    if actor.may("calendar:edit"):
        return Session.objects.all()
    return Session.objects.filter(pk__in=_own_sessions(actor)) if actor.may("calendar:own") else Session.objects.none()


def bookable_clinicians(actor: Actor) -> QuerySet[Clinician]:
    """The clinicians for whom the actor may book."""
    if actor.may("calendar:edit"):
        return Clinician.objects.all()
    own = own_clinician_id(actor) if actor.may("calendar:own") else None
    return Clinician.objects.filter(pk=own or 0)


def billable_clinicians(actor: Actor) -> QuerySet[Clinician]:
    """The clinicians to whose past the actor may add a session that was not on the calendar: all, for who bills."""
    return Clinician.objects.all() if actor.may("billing:edit") else Clinician.objects.none()


def shown_clinicians(actor: Actor) -> QuerySet[Clinician]:
    """The clinicians whose columns the actor may open."""
    if actor.may("calendar:view"):
        return Clinician.objects.all()
    return Clinician.objects.filter(pk=own_clinician_id(actor) or 0)


def bookable_clients(actor: Actor) -> QuerySet[Client]:
    """The clients for whom the actor may book: those whose record they may open."""
    return visible_clients(actor)


def require_change(actor: Actor, session_id: int) -> None:
    """PermissionDenied unless the actor may change this session."""
    if actor.may("calendar:edit"):
        return
    actor.require("calendar:own")
    if not changeable_sessions(actor).filter(pk=session_id).exists():
        raise PermissionDenied("You may change your own sessions only.")


def _own_sessions(actor: Actor) -> QuerySet[SessionClinician, int]:
    own = own_clinician_id(actor) or 0
    return SessionClinician.objects.filter(clinician_id=own).values_list("session_id", flat=True)
