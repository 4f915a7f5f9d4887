"""From attendances, or bookings that do not exist yet, to facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from scheduling.models import Attendance, AttendanceAddOn, FindingOverride, SessionClinician
from scheduling.readiness.facts import AddOnFacts, Facts
from scheduling.readiness.load.catalog import Catalog
from scheduling.readiness.load.packed import Packed, packed


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedFacts:
    """A booking that does not exist yet. `key` finds its findings; without coverage the plan of the day counts."""

    client_id: int
    clinician_id: int
    service_id: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    key: int = 0
    telehealth: bool = False
    location_id: int | None = None
    coverage_id: int | None = None
    self_pay: bool = False
    client_state: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Attendances in the order of their sessions' start, with what they share.

    A row has its session, its `lead` (a clinician's id), its add-ons `beside` and the findings `passed`.
    """

    rows: Sequence[Any]
    catalog: Catalog

    def facts(self) -> list[Facts]:
        """The facts of each, in the same order."""
        return [_facts(row, self.catalog) for row in self.rows]


def load(attendance_ids: Iterable[int]) -> list[Facts]:
    """The facts of the attendances, in the order of their sessions' start."""
    return load_rows(attendance_ids).facts()


def load_rows(attendance_ids: Iterable[int]) -> Loaded:
    """The attendances and all that their facts are made of, for who needs both; no more queries than `load`."""
    rows = list(_attendances(list(attendance_ids)))
    if not rows:
        return Loaded([], Catalog.empty())
    clinician_ids = {number for row in rows for number in (row.rendering_id or row.lead, row.supervising_id) if number}
    return Loaded(rows, Catalog.for_ids({row.client_id for row in rows}, clinician_ids))


def load_proposed(proposals: Sequence[ProposedFacts]) -> list[Facts]:
    """The facts of bookings that somebody is about to make."""
    if not proposals:
        return []
    catalog = Catalog.for_ids({row.client_id for row in proposals}, {row.clinician_id for row in proposals})
    return [_proposed(row, catalog) for row in proposals]


def _attendances(ids: list[int]) -> Any:
    lead = SessionClinician.objects.filter(session=OuterRef("session")).order_by("-is_lead", "pk")
    return (
        Attendance.objects.filter(pk__in=ids)
        .select_related("session")
        .annotate(
            lead=Subquery(lead.values("clinician_id")[:1]),
            beside=packed(AttendanceAddOn, "attendance", service_id="service_id", units="units"),
            passed=packed(
                FindingOverride, "attendance", "at", code="code", reason="reason", by="by_name", withdrawn="withdrawn"
            ),
        )
        .order_by("session__starts_at", "pk")
    )


def _facts(row: Any, catalog: Catalog) -> Facts:
    session, start = row.session, catalog.local(row.session.starts_at)
    client, confirmed = catalog.clients[row.client_id], row.status == Attendance.Status.CONFIRMED
    rendering = catalog.clinicians.get(row.rendering_id or row.lead or 0)
    above = row.supervising_id or (rendering.supervisor_id_on(start.date()) if rendering else None)
    return Facts(
        key=row.pk,
        session_id=session.pk,
        date=start.date(),
        now=catalog.now,
        scheduled_start=start,
        scheduled_stop=catalog.local(session.ends_at),
        client=client,
        practice=catalog.practice,
        outcome=row.outcome if confirmed else row.status,
        is_confirmed=confirmed,
        actual_start=catalog.local(row.actual_start) if row.actual_start else None,
        actual_stop=catalog.local(row.actual_stop) if row.actual_stop else None,
        service=catalog.services.get(row.service_id or session.service_id or 0),
        units=row.units,
        add_ons=_add_ons(row.beside, catalog),
        diagnoses=tuple(row.diagnoses),
        telehealth=session.telehealth,
        location=catalog.locations.get(session.location_id or 0),
        place_of_service=row.place_of_service,
        modifiers=tuple(row.modifiers),
        client_state=row.client_state,
        coverage=client.plan(row.coverage_id),
        self_pay=row.self_pay,
        rendering=rendering,
        supervisor=catalog.clinicians.get(above or 0),
        fee=row.fee,
        late_reason=row.late_reason,
        overrides=_overrides(row.passed),
    )


def _proposed(row: ProposedFacts, catalog: Catalog) -> Facts:
    start, client = catalog.local(row.starts_at), catalog.clients[row.client_id]
    rendering = catalog.clinicians[row.clinician_id]
    planned = client.plan_on(start.date())
    return Facts(
        key=row.key,
        session_id=None,
        date=start.date(),
        now=catalog.now,
        scheduled_start=start,
        scheduled_stop=catalog.local(row.ends_at),
        client=client,
        practice=catalog.practice,
        is_proposed=True,
        service=catalog.services.get(row.service_id),
        telehealth=row.telehealth,
        location=catalog.locations.get(row.location_id or 0),
        client_state=row.client_state,
        coverage=client.plan(row.coverage_id) or planned,
        self_pay=row.self_pay,
        rendering=rendering,
        supervisor=catalog.clinicians.get(rendering.supervisor_id_on(start.date()) or 0),
    )


def _add_ons(beside: list[Packed], catalog: Catalog) -> tuple[AddOnFacts, ...]:
    return tuple(AddOnFacts(service=catalog.services[one["service_id"]], units=one["units"]) for one in beside)


def _overrides(passed: list[Packed]) -> dict[str, str]:
    """Who went past which warning and why; the latest word on each counts."""
    last = {one["code"]: one for one in passed}
    return {code: f"{one['by']}: {one['reason']}" for code, one in last.items() if not one["withdrawn"]}
