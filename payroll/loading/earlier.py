"""What other runs paid, as far as this run's lines depend on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from payroll.calculation.facts import Earlier, Service
from payroll.loading import events
from payroll.loading.keys import among
from payroll.models import EventKind, PayLine, PayRun
from payroll.words import span
from practice.money import ZERO

_TAKEN: Final = (
    "pk", "event_kind", "clinician_id", "engagement_id", "amount", "rule_id", "charge_id", "attendance__session_id",
    "attendance_id", "ledger_line_id", "service_on", "source", "basis", "counted", "rate", "run__starts_on",
    "run__ends_on",
)  # fmt: skip
_KEPT: Final = (PayRun.Status.APPROVED, PayRun.Status.EXPORTED, PayRun.Status.LOCKED)


def on_charges(charge_ids: Collection[int], session_ids: Collection[int], capped: Collection[int]) -> list[Earlier]:
    """Lines on these charges, and those of rules with a cap in the same group sessions."""
    if not charge_ids:
        return []
    which = Q(among("charge_id", charge_ids))
    if capped:
        which |= Q(among("attendance__session_id", session_ids), rule__in=capped)
    return _read(PayLine.objects.filter(which, is_held=False, charge__isnull=False))


def bonuses(clinician_ids: Collection[int]) -> dict[int, list[Earlier]]:
    """Bonus lines and what took them back, by person."""
    found: dict[int, list[Earlier]] = defaultdict(list)
    if not clinician_ids:
        return found
    kinds = (EventKind.BONUS, EventKind.BONUS_BACK)
    for line in _read(PayLine.objects.filter(event_kind__in=kinds, clinician__in=clinician_ids)):
        found[line.clinician_id].append(line)
    return found


def left_over(clinician_ids: Collection[int], tax_classes: Collection[str]) -> list[Earlier]:
    """What approved runs carried out and no run took in yet."""
    taken = PayLine.objects.filter(event_kind=EventKind.CARRIED_IN, cause_line_id=OuterRef("pk"))
    rows = PayLine.objects.filter(
        ~Exists(taken),
        event_kind=EventKind.CARRIED_OUT,
        clinician__in=clinician_ids,
        tax_class__in=tax_classes,
        run__status__in=_KEPT,
    )
    return _read(rows)


def undone(clinician_ids: Collection[int]) -> list[tuple[Service, list[Earlier]]]:
    """Charges taken back since they were paid, with the lines that paid them, where those do not net to zero."""
    lines: dict[int, list[Earlier]] = defaultdict(list)
    for line in _read(events.undone_charges().filter(clinician__in=clinician_ids)):
        lines[line.charge_id or 0].append(line)
    open_ones = {number: own for number, own in lines.items() if sum((one.amount for one in own), ZERO)}
    if not open_ones:
        return []
    services = events.of_charges(open_ones)
    return [(services[number], own) for number, own in open_ones.items()]


def _read(rows: QuerySet[PayLine]) -> list[Earlier]:
    return [_earlier(row) for row in rows.order_by("pk").values_list(*_TAKEN)]


def _earlier(row: tuple[Any, ...]) -> Earlier:
    return Earlier(
        id=row[0],
        event_kind=row[1],
        clinician_id=row[2],
        engagement_id=row[3],
        amount=row[4],
        rule_id=row[5],
        charge_id=row[6],
        session_id=row[7],
        attendance_id=row[8],
        ledger_line_id=row[9],
        service_on=row[10],
        source=row[11],
        basis=row[12] or ZERO,
        counted=row[13] or ZERO,
        rate=row[14],
        run=span(row[15], row[16]),
    )
