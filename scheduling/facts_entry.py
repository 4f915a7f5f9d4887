"""Saves what somebody enters about an attendance before it is confirmed, one or several facts at a time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from clients.models import Coverage
from clinicians.models import Clinician
from practice import audit
from practice.actors import Actor
from practice.addresses import STATES
from practice.models import Service
from practice.money import LARGEST, ZERO, cents
from scheduling import attending, units, vouching
from scheduling.errors import AttendanceRefusedError
from scheduling.models import Attendance, LateReason
from scheduling.prefilling import MOST_DIAGNOSES

FIELDS: Final = (
    "service_id", "diagnoses", "actual_start", "actual_stop", "place_of_service", "modifiers", "units",
    "client_state", "rendering_id", "supervising_id", "coverage_id", "self_pay", "fee", "others", "late_reason",
)  # fmt: skip
MOST_MODIFIERS: Final = 4
MOST_UNITS: Final = units.MOST
VOUCHED: Final = frozenset(FIELDS) - {"coverage_id", "self_pay", "fee", "late_reason"}
_PRICED: Final = frozenset({"service_id", "units"})
_DIAGNOSIS: Final = re.compile(r"[A-TV-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?")
_MODIFIER: Final = re.compile(r"[A-Z0-9]{2}")
_PLACE: Final = re.compile(r"\d{2}")


@transaction.atomic
def save_facts(attendance: Attendance, facts: Mapping[str, Any], actor: Actor) -> Attendance:
    """Saves the given facts (names of FIELDS) of an attendance that is not confirmed.

    Raises AttendanceRefusedError, whose `field` names the fact, with a sentence. Fees are for who bills; one that was
    entered goes when the service or its units change, and so does a clinician's word for what changed.
    """
    if unknown := set(facts) - set(FIELDS):
        raise TypeError(f"These are no facts of an attendance: {sorted(unknown)}.")
    if "fee" in facts:
        actor.require("billing:edit")
    _, row = attending.locked(actor, attendance.pk)
    if row.status == Attendance.Status.CONFIRMED:
        raise AttendanceRefusedError("This attendance is confirmed. Undo the confirmation first.")
    before = audit.snapshot(row, FIELDS)
    for name, value in facts.items():
        setattr(row, name, _cleaned(row, name, value))
    _refuse_backwards(row)
    was, became = audit.changes(before, audit.snapshot(row, FIELDS))
    if _PRICED & set(became) and "fee" not in facts:
        row.fee = None
        was, became = audit.changes(before, audit.snapshot(row, FIELDS))
    row.save(update_fields=[*dict.fromkeys((*facts, "fee"))])
    audit.record("attendance.facts", actor=actor, row=row, client_id=row.client_id, before=was, after=became)
    if VOUCHED & set(became):
        vouching.lapse(row, actor=actor)
    return row


def _cleaned(row: Attendance, name: str, value: Any) -> Any:
    cleaner = _CLEANERS.get(name)
    return cleaner(row, value) if cleaner else value


def _diagnoses(_: Attendance, codes: Sequence[str]) -> list[str]:
    """ICD-10-CM codes in capitals with their dot; the form only, not whether they are in the release."""
    found = [_dotted(code) for code in codes]
    for code in found:
        if not _DIAGNOSIS.fullmatch(code):
            raise AttendanceRefusedError(f"“{code}” is no diagnosis code. Codes look like F41.1.", "diagnoses")
    _refuse_twice(found, "diagnoses")
    if len(found) > MOST_DIAGNOSES:
        raise AttendanceRefusedError(f"A claim takes {MOST_DIAGNOSES} diagnoses; these are {len(found)}.", "diagnoses")
    return found


def _dotted(code: str) -> str:
    plain = code.strip().upper().replace(".", "")
    return f"{plain[:3]}.{plain[3:]}" if len(plain) > len("F41") else plain


def _modifiers(_: Attendance, codes: Sequence[str]) -> list[str]:
    found = [code.strip().upper() for code in codes]
    for code in found:
        if not _MODIFIER.fullmatch(code):
            raise AttendanceRefusedError(f"“{code}” is no modifier. A modifier has two letters or digits.", "modifiers")
    _refuse_twice(found, "modifiers")
    if len(found) > MOST_MODIFIERS:
        raise AttendanceRefusedError(
            f"A claim line takes {MOST_MODIFIERS} modifiers; these are {len(found)}.", "modifiers"
        )
    return found


def _refuse_twice(codes: Sequence[str], field: str) -> None:
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice:
        raise AttendanceRefusedError(f"{twice} is there twice.", field)


def _place(_: Attendance, code: str) -> str:
    if code and not _PLACE.fullmatch(code):
        raise AttendanceRefusedError("A place of service has two digits, for example 11 or 10.", "place_of_service")
    return code


def _state(_: Attendance, state: str) -> str:
    if state and state.upper() not in STATES:
        raise AttendanceRefusedError(f"“{state}” is no state.", "client_state")
    return state.upper()


def _units(row: Attendance, count: int) -> int:
    if not 1 <= count <= MOST_UNITS:
        raise AttendanceRefusedError(f"Units are 1 to {MOST_UNITS}.", "units")
    service = row.service or row.session.service
    if count > 1 and service is not None and units.is_once(service.units_rule):
        raise AttendanceRefusedError(
            f"{service.code} is billed {units.once_in_words(service.units_rule)}: 1 unit.", "units"
        )
    return count


def _moment(_: Attendance, moment: dt.datetime | None) -> dt.datetime | None:
    if moment is not None and moment.tzinfo is None:
        raise TypeError("Actual times are instants with a time zone.")
    return moment


def _fee(_: Attendance, fee: Decimal | None) -> Decimal | None:
    if fee is not None and not ZERO <= fee <= LARGEST:
        raise AttendanceRefusedError("A fee cannot be below zero.", "fee")
    return None if fee is None else cents(fee)


def _late_reason(_: Attendance, code: str) -> str:
    if code and code not in LateReason.values:
        raise AttendanceRefusedError("Choose why it is billed after its deadline.", "late_reason")
    return code


def _service(_: Attendance, pk: int | None) -> int | None:
    if pk is not None and not Service.objects.filter(pk=pk).exists():
        raise AttendanceRefusedError("That service is not offered here.", "service_id")
    return pk


def _clinician(_: Attendance, pk: int | None) -> int | None:
    if pk is not None and not Clinician.objects.filter(pk=pk).exists():
        raise AttendanceRefusedError("That clinician does not work here.", "rendering_id")
    return pk


def _coverage(row: Attendance, pk: int | None) -> int | None:
    if pk is not None and not Coverage.objects.filter(pk=pk, client_id=row.client_id).exists():
        raise AttendanceRefusedError("That coverage is not this client’s.", "coverage_id")
    return pk


def _refuse_backwards(row: Attendance) -> None:
    if row.actual_start and row.actual_stop and row.actual_stop <= row.actual_start:
        raise AttendanceRefusedError("The session stops before it starts. Check the times.", "actual_stop")


_CLEANERS: Final[dict[str, Any]] = {
    "diagnoses": _diagnoses,
    "modifiers": _modifiers,
    "place_of_service": _place,
    "client_state": _state,
    "late_reason": _late_reason,
    "units": _units,
    "actual_start": _moment,
    "actual_stop": _moment,
    "fee": _fee,
    "service_id": _service,
    "rendering_id": _clinician,
    "supervising_id": _clinician,
    "coverage_id": _coverage,
}
