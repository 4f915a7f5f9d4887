"""A session of Charlie's, whom Grace supervises, one still to come, and one of Dana's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from charting import services
from charting.models import Documentation
from clients.models import Client
from clinicians.models import Clinician, Supervision
from practice import clock
from practice.actors import Actor
from practice.models import Service, User
from scheduling.models import Attendance, Session, SessionClinician
from tests.people import Cast


@dataclass(frozen=True)
class Scene:
    """The people acting, and the attendances."""

    people: Cast
    alice: Actor
    bob: Actor
    charlie: Actor
    dana: Actor
    grace: Actor
    clinician: Clinician
    supervisor: Clinician
    session: Attendance
    later: Attendance
    other: Attendance

    def signed(self) -> Documentation:
        """Charlie's note, written and signed."""
        return services.sign_as_written(actor=self.charlie, attendance_id=self.session.pk, text="Worked on sleep.")


def make_scene(people: Cast, level: str = "associate") -> Scene:
    """Makes it in the open practice."""
    clinician, supervisor = _clinician(people.charlie, level), _clinician(people.grace)
    Supervision.objects.create(supervisee=clinician, supervisor=supervisor, starts_on=dt.date(2026, 1, 1))
    actors = {name: people.actor(getattr(people, name)) for name in ("alice", "bob", "charlie", "dana", "grace")}
    client = Client.objects.create(number=1, first_name="Marisol", last_name="Vega")
    service = Service.objects.create(code="90834", name="Therapy 45", kind="individual")
    return Scene(
        people,
        **actors,
        clinician=clinician,
        supervisor=supervisor,
        session=attendance(clinician, client, service, hours=-25),
        later=attendance(clinician, client, service, hours=30),
        other=attendance(_clinician(people.dana), client, service, hours=-50),
    )


def attendance(clinician: Clinician, client: Client, service: Service, *, hours: float) -> Attendance:
    """A session so many hours from now."""
    start = clock.now() + dt.timedelta(hours=hours)
    span = {"starts_at": start, "ends_at": start + dt.timedelta(minutes=50)}
    session = Session.objects.create(service=service, made_at=start, **span)
    SessionClinician.objects.create(session=session, clinician=clinician, **span)
    return Attendance.objects.create(session=session, client=client, self_pay=True, service=service)


def _clinician(user: User, level: str = "independent") -> Clinician:
    first, last = user.name.split(" ", 1)
    return Clinician.objects.create(user=user, first_name=first, last_name=last, level=level)
