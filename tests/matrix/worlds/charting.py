"""Notes of each practice: a draft, a signed one, and one that waits for its supervisor."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from charting.models import Documentation
from clinicians.models import Clinician
from practice import clock, files
from practice.actors import Actor
from practice.models import Practice
from scheduling.models import Attendance, Session, SessionClinician
from tests.matrix.world import World, builds

HOURS_AGO: Final = 26


@builds
def charting(world: World, practice: Practice) -> dict[str, Any]:
    """The clinician's draft with a file, their signed note, and a signed note of the associate."""
    objects = world.objects[practice.pk]
    file = files.store(b"Scanned.", name="scan.txt", actor=Actor.system(practice.pk))
    cosigning = _attendance(objects, objects["associate"])
    return {
        "documentation": _note(objects["attendance"], "drafted", file=file),
        "signed_documentation": _note(objects["series_attendance"], "signed"),
        "cosign_attendance": cosigning,
        "cosign_documentation": _note(cosigning, "signed"),
        "elsewhere_documentation": _note(
            objects["group_attendance"], "drafted", text="", kept_elsewhere=True, elsewhere="Paper chart"
        ),
    }


def _note(attendance: Attendance, status: str, **facts: Any) -> Documentation:
    given = {"text": "Worked on sleep."} | facts
    return Documentation.objects.create(attendance=attendance, status=status, changed_at=clock.now(), **given)


def _attendance(objects: dict[str, Any], clinician: Clinician) -> Attendance:
    start = clock.now() - dt.timedelta(hours=HOURS_AGO)
    span = {"starts_at": start, "ends_at": start + dt.timedelta(minutes=50)}
    session = Session.objects.create(made_at=start, service=objects["service_90834"], **span)
    SessionClinician.objects.create(session=session, clinician=clinician, **span)
    return Attendance.objects.create(session=session, client=objects["client"], self_pay=True)
