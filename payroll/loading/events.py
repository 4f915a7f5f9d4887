"""Events that no run has paid, besides money: confirmed sessions, hours, what was left over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from billing.models import Charge
from payroll.calculation.facts import Hours, Manual, Service
from payroll.loading.keys import among
from payroll.models import EventKind, HoursEntry, PayLine, PayRun

_SERVICE: Final = (
    "pk", "clinician_id", "service_on", "kind", "code", "units", "attendance_id", "attendance__session_id",
    "attendance__session__starts_at", "client_id", "payer_id", "modifiers", "attendance__session__location_id",
    "attendance__service__kind", "attendance__session__telehealth",
)  # fmt: skip


def services(run: PayRun, kinds: dict[int, frozenset[str]], unruled: Collection[int]) -> list[Service]:
    """Charges that are paid once confirmed, of the kinds each person is paid for; of people without rules, all."""
    paid = PayLine.objects.filter(charge=OuterRef("pk"), event_kind=EventKind.SERVICE, is_held=False)
    rows = _charges(run).filter(~Exists(paid), undone_at=None)
    wanted = Q(clinician__in=unruled, service_on__gte=run.starts_on)
    for kind in frozenset().union(*kinds.values()):
        wanted |= Q(kind=kind, clinician__in=[who for who, own in kinds.items() if kind in own])
    if not kinds and not unruled:
        return []
    return [_service(row) for row in rows.filter(wanted).values_list(*_SERVICE)]


def kept(run: PayRun, clinician_ids: Collection[int], since: dt.date) -> dict[int, list[Service]]:
    """All kept sessions of people who have a bonus for them."""
    found: dict[int, list[Service]] = {who: [] for who in clinician_ids}
    rows = _charges(run).filter(
        kind=Charge.Kind.SESSION, undone_at=None, clinician__in=clinician_ids, service_on__gte=since
    )
    for row in rows.values_list(*_SERVICE) if clinician_ids else ():
        found[row[1]].append(_service(row))
    return found


def of_charges(charge_ids: Collection[int]) -> dict[int, Service]:
    """Charges as the calculation sees them, by key."""
    rows = Charge.objects.filter(among("pk", charge_ids)).values_list(*_SERVICE)
    return {row[0]: _service(row) for row in rows}


def hours(run: PayRun, clinician_ids: Collection[int]) -> list[Hours]:
    """Hours entered up to the run's last day."""
    paid = PayLine.objects.filter(hours_entry=OuterRef("pk"), is_held=False)
    rows = HoursEntry.objects.filter(
        ~Exists(paid),
        clinician__in=clinician_ids,
        worked_on__gte=run.schedule.starts_on,
        worked_on__lte=run.ends_on,
    )
    return [
        Hours(id=row.pk, clinician_id=row.clinician_id, on=row.worked_on, kind=row.kind, hours=row.hours)
        for row in rows
    ]


def manual(run: PayRun) -> list[Manual]:
    """Lines entered by hand for this run."""
    return [
        Manual(
            id=row.pk,
            clinician_id=row.clinician_id,
            kind=row.kind,
            amount=row.amount,
            reason=row.reason,
            hours=row.hours,
        )
        for row in run.manual_lines.order_by("pk")
    ]


def _charges(run: PayRun) -> QuerySet[Charge]:
    return Charge.objects.filter(service_on__gte=run.schedule.starts_on, service_on__lte=run.ends_on)


def _service(row: Sequence[Any]) -> Service:
    return Service(
        id=row[0],
        clinician_id=row[1],
        on=row[2],
        kind=row[3],
        code=row[4],
        units=row[5],
        attendance_id=row[6],
        session_id=row[7],
        starts_at=row[8],
        client_id=row[9],
        payer_id=row[10],
        modifiers=frozenset(row[11]),
        location_id=row[12],
        service_kind=row[13] or "",
        telehealth=row[14],
    )


def undone_charges() -> QuerySet[PayLine]:
    """Lines of charges that were taken back after they were paid by the session."""
    kinds = (EventKind.SERVICE, EventKind.UNDONE)
    return PayLine.objects.filter(event_kind__in=kinds, is_held=False, charge__undone_at__isnull=False).annotate(
        service_of=F("charge_id")
    )
