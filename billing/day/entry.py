"""What is typed into a row: which controls a fact has, and what they say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from billing.day import beside, deciding
from billing.day.shapes import Entry
from clients.models import ClientDiagnosis, Coverage
from clinicians.models import Clinician
from practice import clock
from practice.addresses import STATE_CHOICES
from practice.models import Modifier, Practice, Service
from scheduling.errors import AttendanceRefusedError
from scheduling.models import Attendance, LateReason
from scheduling.readiness.checks.telehealth import NONE

PLACES: Final = (
    ("11", "11 Office"),
    ("10", "10 Telehealth, client at home"),
    ("02", "02 Telehealth, client elsewhere"),
    ("12", "12 Client’s home"),
    ("03", "03 School"),
    ("53", "53 Community mental health center"),
)
USUAL_MODIFIERS: Final = ("93", "95", "FQ", "GT", "HL", "HM", "HN", "HO", "59")
_TIME: Final = re.compile(r"(\d{1,2})(?::?(\d{2}))?\s*([AaPp])?\.?[Mm]?\.?")
_NOON: Final = 12
Values = Mapping[str, str]


def controls(name: str, row: Attendance, practice: Practice, typed: Values | None = None) -> tuple[Entry, ...]:
    """The controls of one fact with what it is now, or with what was typed and refused; none for an unknown fact."""
    entries = _entries(name, row, practice)
    if typed is None:
        return entries
    return tuple(Entry(one.name, one.label, one.kind, typed.get(one.name, one.value), one.choices) for one in entries)


def address(name: str) -> str:
    """The URL name that saves an entry."""
    kinds = {beside.ADD: "save_add_on", deciding.OVERRIDE: "override_finding"}
    return kinds.get(name.partition(".")[0], "save_billing_facts")


def _entries(name: str, row: Attendance, practice: Practice) -> tuple[Entry, ...]:
    kind = name.partition(".")[0]
    if kind == beside.ADD:
        return beside.controls(name, row)
    if kind == deciding.OVERRIDE:
        return deciding.controls(name)
    make = _CONTROLS.get(name)
    return make(row, practice) if make else ()


def facts(name: str, values: Values, row: Attendance, practice: Practice) -> dict[str, Any]:
    """What was typed as facts of the attendance; AttendanceRefusedError with a sentence when it cannot be read."""
    read = _READERS.get(name)
    if read is None:
        raise AttendanceRefusedError("This cannot be changed here. Open the session.")
    return read(values, row, practice)


def _times(values: Values, row: Attendance, practice: Practice) -> dict[str, Any]:
    """Both times; one value with a slash is what a button proposes."""
    if "/" in values.get("value", ""):
        start, stop = values["value"].split("/", 1)
        return {"actual_start": _instant(start, row, practice), "actual_stop": _instant(stop, row, practice)}
    return {name: _instant(values.get(name, ""), row, practice) for name in ("actual_start", "actual_stop")}


def _time(name: str) -> Callable[[Values, Attendance, Practice], dict[str, Any]]:
    def read(values: Values, row: Attendance, practice: Practice) -> dict[str, Any]:
        return {name: _instant(values.get("value", ""), row, practice)}

    return read


def _instant(text: str, row: Attendance, practice: Practice) -> dt.datetime:
    """`10:55`, `10:55 AM`, `1055a`, or a whole instant; on the session's own day."""
    if "T" in text:
        return _whole(text)
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise AttendanceRefusedError("Enter a time, for example 10:55 AM.")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    planned = clock.local(practice, row.session.starts_at)
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        time = dt.time(hour, minute)
    except ValueError as error:
        raise AttendanceRefusedError("Enter a time, for example 10:55 AM.") from error
    after_noon = not half and hour < _NOON and time < planned.time() and planned.hour >= _NOON
    if after_noon and ":" in text and not text.startswith("0"):
        time = time.replace(hour=hour + _NOON)
    return clock.instant(practice, planned.date(), time)


def _whole(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise AttendanceRefusedError("Enter a time, for example 10:55 AM.") from error
    if moment.tzinfo is None:
        raise AttendanceRefusedError("Enter a time, for example 10:55 AM.")
    return moment


def _number(name: str, words: str) -> Callable[[Values, Attendance, Practice], dict[str, Any]]:
    def read(values: Values, row: Attendance, practice: Practice) -> dict[str, Any]:
        if not values.get("value", "").isdecimal():
            raise AttendanceRefusedError(words)
        return {name: int(values["value"])}

    return read


def _text(name: str) -> Callable[[Values, Attendance, Practice], dict[str, Any]]:
    return lambda values, row, practice: {name: values.get("value", "").strip()}


def _diagnoses(values: Values, row: Attendance, practice: Practice) -> dict[str, Any]:
    codes = [code for code in re.split(r"[\s,;]+", values.get("value", "")) if code]
    if not codes:
        raise AttendanceRefusedError("Choose a diagnosis, for example F41.1.")
    return {"diagnoses": codes}


def _modifiers(values: Values, row: Attendance, practice: Practice) -> dict[str, Any]:
    """Modifiers, with spaces or commas between; a button takes the last one away with `none`."""
    text = values.get("value", "")
    return {"modifiers": [] if text == NONE else [code for code in re.split(r"[\s,;]+", text) if code]}


def _fee(values: Values, row: Attendance, practice: Practice) -> dict[str, Any]:
    text = values.get("value", "").replace("$", "").replace(",", "").strip()
    try:
        fee = Decimal(text)
    except InvalidOperation as error:
        raise AttendanceRefusedError("Enter an amount, for example 142.00.") from error
    if not fee.is_finite():
        raise AttendanceRefusedError("Enter an amount, for example 142.00.")
    return {"fee": fee}


def _self_pay(values: Values, row: Attendance, practice: Practice) -> dict[str, Any]:
    return {"self_pay": values.get("value") == "true"}


def _coverage(values: Values, row: Attendance, practice: Practice) -> dict[str, Any]:
    if values.get("value") == "self":
        return {"self_pay": True}
    return _number("coverage_id", "Choose who pays.")(values, row, practice) | {"self_pay": False}


def _clock_entry(name: str, label: str, moment: dt.datetime, practice: Practice) -> Entry:
    return Entry(name, label, "time", f"{clock.local(practice, moment):%H:%M}")


def _time_controls(row: Attendance, practice: Practice) -> tuple[Entry, ...]:
    return (
        _clock_entry("actual_start", "Started", row.actual_start or row.session.starts_at, practice),
        _clock_entry("actual_stop", "Ended", row.actual_stop or row.session.ends_at, practice),
    )


def _stop_control(row: Attendance, practice: Practice) -> tuple[Entry, ...]:
    return (_clock_entry("value", "Ended", row.session.ends_at, practice),)


def _start_control(row: Attendance, practice: Practice) -> tuple[Entry, ...]:
    return (_clock_entry("value", "Started", row.session.starts_at, practice),)


def _service_control(row: Attendance, practice: Practice) -> tuple[Entry, ...]:
    rows = Service.objects.filter(is_active=True, add_on_to=[]).order_by("code")
    choices = tuple((str(one.pk), str(one)) for one in rows)
    return (_select("Service", str(row.service_id or row.session.service_id or ""), choices),)


def _diagnosis_control(row: Attendance, practice: Practice) -> tuple[Entry, ...]:
    known = ClientDiagnosis.objects.filter(client_id=row.client_id, ends_on=None).order_by("rank", "pk")
    choices = tuple((one.code, f"{one.code} {one.words}".strip()) for one in known)
    return (Entry("value", "Diagnosis codes", "codes", ", ".join(row.diagnoses), choices),)


def _clinician_control(row: Attendance, practice: Practice) -> tuple[Entry, ...]:
    choices = tuple((str(one.pk), one.title) for one in Clinician.objects.filter(ends_on=None))
    return (_select("Clinician", str(row.rendering_id or ""), choices),)


def _coverage_control(row: Attendance, practice: Practice) -> tuple[Entry, ...]:
    plans = Coverage.objects.filter(client_id=row.client_id).select_related("payer")
    choices = tuple((str(one.pk), str(one)) for one in plans)
    return (_select("Who pays", str(row.coverage_id or ""), (*choices, ("self", "The client"))),)


def _place_control(row: Attendance, practice: Practice) -> tuple[Entry, ...]:
    return (_select("Place", row.place_of_service, PLACES),)


def _modifier_control(row: Attendance, practice: Practice) -> tuple[Entry, ...]:
    known = Modifier.objects.filter(code__in=USUAL_MODIFIERS)
    choices = tuple((one.code, one.meaning) for one in known)
    return (Entry("value", "Modifiers", "codes", " ".join(row.modifiers), choices),)


def _late_control(row: Attendance, practice: Practice) -> tuple[Entry, ...]:
    return (_select("Why it is late", row.late_reason, tuple(LateReason.choices)),)


def _state_control(row: Attendance, practice: Practice) -> tuple[Entry, ...]:
    return (_select("Where the client was", row.client_state, tuple(STATE_CHOICES)),)


def _units_control(row: Attendance, practice: Practice) -> tuple[Entry, ...]:
    return (Entry("value", "Units", "number", str(row.units)),)


def _fee_control(row: Attendance, practice: Practice) -> tuple[Entry, ...]:
    return (Entry("value", "Fee", "money", "" if row.fee is None else str(row.fee)),)


def _select(label: str, value: str, choices: tuple[tuple[str, str], ...]) -> Entry:
    return Entry("value", label, "select", value, (("", "Choose"), *choices))


_CONTROLS: Final[dict[str, Callable[[Attendance, Practice], tuple[Entry, ...]]]] = {
    "actual_times": _time_controls,
    "actual_start": _start_control,
    "actual_stop": _stop_control,
    "service": _service_control,
    "diagnoses": _diagnosis_control,
    "place_of_service": _place_control,
    "modifiers": _modifier_control,
    "late_reason": _late_control,
    "client_state": _state_control,
    "rendering": _clinician_control,
    "coverage": _coverage_control,
    "units": _units_control,
    "fee": _fee_control,
}
_READERS: Final[dict[str, Callable[[Values, Attendance, Practice], dict[str, Any]]]] = {
    "actual_times": _times,
    "actual_start": _time("actual_start"),
    "actual_stop": _time("actual_stop"),
    "service": _number("service_id", "Choose a service."),
    "diagnoses": _diagnoses,
    "place_of_service": _text("place_of_service"),
    "modifiers": _modifiers,
    "late_reason": _text("late_reason"),
    "client_state": _text("client_state"),
    "rendering": _number("rendering_id", "Choose the clinician."),
    "coverage": _coverage,
    "units": _number("units", "Enter the units as a number."),
    "fee": _fee,
    "self_pay": _self_pay,
}
