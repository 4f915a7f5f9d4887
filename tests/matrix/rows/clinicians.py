"""The team: list and grid, one clinician's file, their papers, terms, supervision, enrollment, hours and portal."""

from __future__ import annotations

from typing import Any

from clinicians.models import (
    Clinician,
    ClinicianDocument,
    Engagement,
    Enrollment,
    License,
    Supervision,
    WorkingHours,
)
from practice.models import Invitation, Membership, Practice
from tests.matrix.row import Facts, Row, nothing
from tests.matrix.rows._facts import of, sends
from tests.matrix.world import World

SEES = "alice bob ivan"
SEES_OWN = "alice bob charlie ivan"
OTHERS = "dana grace"


def with_member(world: World, practice: Practice) -> dict[str, Any]:
    """A clinician nobody signs in as, and somebody who has access."""
    member = Membership.objects.filter(practice=practice, ended_at=None).order_by("pk").last()
    assert member is not None
    return {"pk": world.one(practice, "associate").pk, "member": member.pk}


def supervised(world: World, practice: Practice) -> dict[str, Any]:
    """Who supervises from another day on."""
    return {"supervisor_id": world.one(practice, "supervisor").pk, "starts_on": "2026-03-02"}


def form(name: str, ids: Facts, posted: Facts, changes: type[Any], allowed: str = "alice") -> list[Row]:
    """A page with a form, and the form sent."""
    return [Row(name, allowed, ids=ids), Row(name, allowed, "POST", ids, posted, changes)]


PERSON = {"first_name": "Lena", "last_name": "Brandt", "starts_on": "2026-11-17"}
LICENSE = {"state": "NJ", "kind": "LPC", "number": "NJ1", "expires_on": "2028-01-31"}
TERMS = {"kind": "contractor", "starts_on": "2026-06-01", "end_former": "on", "tin_type": "ssn"}

ROWS: list[Row] = [
    Row("team", "alice bob charlie dana grace ivan"),
    Row("search_team", SEES, "POST", nothing, sends(q="lcsw")),
    Row("suggest_credentials", "alice"),
    Row("enrollment_grid", SEES),
    *form("add_clinician", nothing, sends(**PERSON, engagement="partner"), Clinician),
    Row("clinician", SEES_OWN, ids=of("clinician"), hidden=OTHERS),
    Row("clinician_papers", SEES_OWN, ids=of("clinician"), hidden=OTHERS),
    Row("clinician_hours", SEES_OWN, ids=of("clinician"), hidden=OTHERS),
    Row("license_scan", SEES_OWN, ids=of("license"), hidden=OTHERS),
    Row("document_scan", SEES_OWN, ids=of("clinician_document"), hidden=OTHERS),
    Row("clinician_terms", SEES, ids=of("clinician")),
    Row("clinician_supervision", SEES, ids=of("clinician")),
    Row("clinician_enrollment", SEES, ids=of("clinician")),
    *form("edit_clinician", of("clinician"), sends(**PERSON), Clinician),
    *form("leave_clinician", of("clinician"), sends(ends_on="2026-12-31"), Clinician),
    Row("return_clinician", "alice", "POST", of("former_clinician"), nothing, Clinician),
    *form("add_license", of("clinician"), sends(**LICENSE), License),
    *form("edit_license", of("license"), sends(**LICENSE), License),
    Row("remove_license", "alice", "POST", of("spare_license"), nothing, License),
    Row("restore_license", "alice", "POST", of("removed_license"), nothing, License),
    *form("add_document", of("clinician"), sends(kind="caqh", issued_on="2026-11-01"), ClinicianDocument),
    *form("edit_document", of("clinician_document"), sends(kind="dea", number="D1"), ClinicianDocument),
    *form("add_engagement", of("clinician"), sends(**TERMS), Engagement),
    *form("edit_engagement", of("engagement"), sends(**TERMS), Engagement),
    Row("remove_engagement", "alice", "POST", of("spare_engagement"), nothing, Engagement),
    Row("restore_engagement", "alice", "POST", of("removed_engagement"), nothing, Engagement),
    *form("add_supervision", of("other_clinician"), supervised, Supervision),
    *form("edit_supervision", of("supervision"), supervised, Supervision),
    *form("edit_enrollment", of("clinician", payer="payer"), sends(status="review"), Enrollment),
    *form("edit_hours", of("clinician"), sends(d0_0_from="09:00", d0_0_to="12:00"), WorkingHours),
    Row("restore_hours", "alice", "POST", of("associate"), nothing, WorkingHours),
    Row("invite_clinician", "alice", "POST", of("associate"), nothing, Invitation),
    Row("link_clinician", "alice", "POST", with_member, nothing, Clinician),
    Row("unlink_clinician", "alice", "POST", of("clinician"), nothing, Clinician),
]
