"""Makes the charges of confirmed attendances and takes them back. Every charge has its entry in the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import transaction

from billing.ledger import postings
from billing.ledger import services as ledger
from billing.ledger.postings import ChargeFacts
from billing.ledger.services import Draft
from billing.models import Charge, Entry
from billing.receivables import paid_by_client
from practice import audit, clock
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO
from scheduling.models import Attendance, AttendanceAddOn

_KINDS = {
    Attendance.Status.HELD: Charge.Kind.SESSION,
    Attendance.Status.LATE_CANCELED: Charge.Kind.LATE_CANCEL,
    Attendance.Status.NO_SHOW: Charge.Kind.NO_SHOW,
}

_OF_CHARGES = (Entry.Kind.CHARGE, Entry.Kind.WRITE_OFF, Entry.Kind.TRANSFER)


@transaction.atomic
def charge_many(attendance_ids: Sequence[int], *, practice: Practice, actor: Actor) -> list[Charge]:
    """Charges confirmed attendances with their add-ons, in a constant number of statements.

    The caller has confirmed and locked them. An attendance that has an open charge already is left alone, so that
    doing it twice charges once.
    """
    actor.require("billing:edit")
    charged = set(Charge.objects.filter(attendance__in=attendance_ids, undone_at=None).values_list("attendance_id"))
    rows = [row for row in _confirmed(attendance_ids) if (row.id,) not in charged]
    made = [_charge(row, practice) for row in rows] + _add_ons(rows, practice)
    charges = Charge.objects.bulk_create(made, batch_size=500)
    copays = {row.id: row.copay or ZERO for row in rows}
    drafts = [_draft(charge, copays[charge.attendance_id]) for charge in charges if charge.amount]
    ledger.post_many(drafts, practice=practice, actor=actor)
    audit.record_many(
        audit.event("charge.made", actor=actor, row=charge, client_id=charge.client_id) for charge in charges
    )
    return charges


@transaction.atomic
def undo_many(attendance_ids: Sequence[int], *, practice: Practice, actor: Actor, reason: str) -> list[Charge]:
    """Takes open charges back by reversing them with what was written off or moved on them.

    What a client had paid becomes credit again.
    """
    actor.require("billing:edit")
    found = Charge.objects.select_for_update().filter(attendance__in=attendance_ids, undone_at=None)
    charges = list(found.order_by("pk"))
    _release_payments(charges, practice, actor)
    made = Entry.objects.filter(kind__in=_OF_CHARGES, lines__charge__in=charges, reversals__isnull=True)
    entries = made.distinct()
    ledger.reverse_many(list(entries), practice=practice, actor=actor, memo=reason)
    Charge.objects.filter(pk__in=[charge.pk for charge in charges]).update(undone_at=clock.now())
    audit.record_many(
        audit.event("charge.undone", actor=actor, row=charge, client_id=charge.client_id, after={"reason": reason})
        for charge in charges
    )
    return charges


def facts_of(charge: Charge, copay: Decimal = ZERO) -> ChargeFacts:
    """A charge as the ledger sees it."""
    return ChargeFacts(charge.pk, charge.client_id, charge.clinician_id, charge.payer_id, charge.amount, copay)


@dataclass(frozen=True, slots=True)
class _Confirmed:
    """What charges take of a confirmed attendance, in the order of `_TAKEN`."""

    id: int
    client_id: int
    rendering_id: int | None
    coverage_id: int | None
    self_pay: bool
    outcome: str
    modifiers: list[str]
    units: int
    fee: Decimal
    starts_at: dt.datetime
    code: str | None
    service_insured: bool | None
    payer_id: int | None
    copay: Decimal | None

    @property
    def kind(self) -> Charge.Kind:
        """What is charged: the session, or what the policy says of it."""
        return _KINDS[Attendance.Status(self.outcome)]

    @property
    def is_insured(self) -> bool:
        """Whether an insurer is asked: not for what the client pays, nor for a service that no insurer covers."""
        covered = self.coverage_id is not None and self.service_insured is not False
        return self.kind == Charge.Kind.SESSION and covered and not self.self_pay


_TAKEN: Final = (
    "pk", "client_id", "rendering_id", "coverage_id", "self_pay", "outcome", "modifiers", "units", "fee",
    "session__starts_at", "service__code", "service__insured", "coverage__payer_id", "coverage__copay",
)  # fmt: skip


def _confirmed(attendance_ids: Sequence[int]) -> list[_Confirmed]:
    rows = Attendance.objects.filter(pk__in=attendance_ids, status=Attendance.Status.CONFIRMED)
    return [_Confirmed(*row) for row in rows.order_by("pk").values_list(*_TAKEN)]


def _charge(row: _Confirmed, practice: Practice) -> Charge:
    is_session = row.kind == Charge.Kind.SESSION
    return Charge(
        attendance_id=row.id,
        client_id=row.client_id,
        clinician_id=_rendering_id(row),
        coverage_id=row.coverage_id if row.is_insured else None,
        payer_id=row.payer_id if row.is_insured else None,
        kind=row.kind,
        code=(row.code or "") if is_session else "",
        modifiers=row.modifiers if is_session else [],
        units=row.units,
        amount=row.fee,
        service_on=clock.local(practice, row.starts_at).date(),
        made_at=clock.now(),
    )


def _rendering_id(row: _Confirmed) -> int:
    if row.rendering_id is None:
        raise ValueError(f"Attendance {row.id} was confirmed without a rendering clinician.")
    return row.rendering_id


def _add_ons(rows: Sequence[_Confirmed], practice: Practice) -> list[Charge]:
    held = {row.id: row for row in rows if row.outcome == Attendance.Status.HELD}
    made = []
    for add_on in AttendanceAddOn.objects.filter(attendance__in=held).select_related("service"):
        charge = _charge(held[add_on.attendance_id], practice)
        charge.kind, charge.code, charge.units = Charge.Kind.ADD_ON, add_on.service.code, add_on.units
        charge.modifiers, charge.amount = [], add_on.fee or ZERO
        if not add_on.service.insured:
            charge.coverage_id, charge.payer_id = None, None
        made.append(charge)
    return made


def _draft(charge: Charge, copay: Decimal) -> Draft:
    share = copay if charge.kind == Charge.Kind.SESSION else ZERO
    return Draft(Entry.Kind.CHARGE, postings.charge(facts_of(charge, share)), charge.service_on)


def _release_payments(charges: Sequence[Charge], practice: Practice, actor: Actor) -> None:
    paid = paid_by_client([charge.pk for charge in charges])
    drafts = [
        Draft(Entry.Kind.APPLY, postings.release(facts_of(charge), paid[charge.pk]), charge.service_on)
        for charge in charges
        if paid.get(charge.pk)
    ]
    ledger.post_many(drafts, practice=practice, actor=actor)
