"""A client’s part of a session as a row describes it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from desk.imports import values
from desk.imports.names import fold
from desk.imports.parsing import words
from desk.imports.parsing.cells import Row
from desk.imports.parsing.records import SessionRow, Who
from desk.imports.problems import CellError
from practice.money import CENT, ZERO

_NOON: Final = dt.time(12)
_MODIFIERS: Final = ("session.modifier_1", "session.modifier_2", "session.modifier_3", "session.modifier_4")
_DIAGNOSES: Final = ("session.diagnosis_1", "session.diagnosis_2", "session.diagnosis_3", "session.diagnosis_4")
_SHORTEST, _LONGEST, _MOST_UNITS, _MOST_DIAGNOSES = 5, 720, 99, 12
_LATE: Final = ("latecancel", "latecancellation", "latecancelled", "latecanceled")
_MISSED: Final = ("noshow", "missed")


def session_row(row: Row, client: Who) -> SessionRow | None:
    """The session, or None when the row is none or cannot be brought over."""
    clinician = row.clinician("session.clinician")
    moment = _moment(row)
    _refuse_gaps(row, client, clinician, moment)
    code, title = _code(row)
    status = _status(row, moment, title)
    if status is None or moment is None or row.is_bad:
        return None
    minutes, is_assumed = _minutes(row, moment, code)
    units = row.read("session.units", lambda text: values.read_whole(text, "number of units", 1, _MOST_UNITS)) or 1
    found = SessionRow(
        row=row.line.number,
        client=client,
        clinician=clinician,
        supervisor=row.clinician("session.supervisor_name", npi="supervisor_npi", email="supervisor_email"),
        date=moment.date,
        time=moment.time or _NOON,
        offset=moment.offset,
        minutes=minutes,
        status=status,
        code=code,
        title=title,
        modifiers=tuple(dict.fromkeys(_each(row, _MODIFIERS))),
        units=units,
        place=_place(row),
        location=row.text("session.location", 60),
        diagnoses=tuple(_diagnoses(row)),
        fee=_fee(row, units),
        note=_note(row),
        external_id=row.text("session.external_id", 60),
        is_assumed=is_assumed,
        has_time=moment.time is not None,
    )
    return None if row.is_bad else found


def is_session(row: Row) -> bool:
    """Whether the row is about a session at all: some exports mix payments in."""
    if not row.has("session.row_type"):
        return True
    kind = fold(row.text("session.row_type"))
    return "appointment" in kind or kind in {"session", ""}


def date_of(row: Row) -> dt.date | None:
    """The day the row is about."""
    moment = row.moment("session.start_at" if row.has("session.start_at") else "session.date")
    return moment.date if moment else None


def _refuse_gaps(row: Row, client: Who, clinician: Who, moment: values.Moment | None) -> None:
    if not client and not row.is_bad:
        row.refuse("client.full_name", "The client is missing.", "E-KEY")
    if not clinician:
        row.refuse("session.clinician", "The clinician is missing.", "E-CLINICIAN")
    if moment is None and not row.is_bad:
        row.refuse("session.start_at", "The date is missing.", "E-DATE")


def _moment(row: Row) -> values.Moment | None:
    found = row.moment("session.start_at" if row.has("session.start_at") else "session.date")
    if found is None or not row.has("session.start_time"):
        return found
    at = row.read("session.start_time", values.read_time)
    return values.Moment(found.date, at or found.time, found.offset)


def _minutes(row: Row, moment: values.Moment, code: str) -> tuple[int, bool]:
    """How long it took, and whether that is only what the code usually takes."""
    told = row.read(
        "session.duration_minutes",
        lambda text: values.read_whole(text, "number of minutes", _SHORTEST, _LONGEST),
    )
    if told:
        return told, False
    end = _end(row, moment)
    if end is None:
        return words.MINUTES.get(code, words.USUAL_MINUTES), True
    taken = int((end - dt.datetime.combine(moment.date, moment.time or _NOON)).total_seconds() // 60)
    if not _SHORTEST <= taken <= _LONGEST:
        row.refuse(
            "session.end_at", f"A session takes {_SHORTEST} to {_LONGEST} minutes; this takes {taken}.", "E-DATE"
        )
    return taken, False


def _end(row: Row, moment: values.Moment) -> dt.datetime | None:
    if row.has("session.end_at"):
        end = row.moment("session.end_at")
        return dt.datetime.combine(end.date, end.time) if end and end.time else None
    at = row.read("session.end_time", values.read_time)
    return dt.datetime.combine(moment.date, at) if at else None


def _code(row: Row) -> tuple[str, str]:
    """The procedure code, or the words in its place."""
    told = row.text("session.service_code")
    if not told:
        return "", row.text("session.service_description", 60)
    try:
        return values.read_code(told), ""
    except CellError:
        return "", (row.text("session.service_description") or told)[:60]


def _status(row: Row, moment: values.Moment | None, title: str) -> str | None:
    """What happened; None when the row is to be left out."""
    told = row.text("session.status")
    if told:
        found = row.read("session.status", words.word_of(words.SESSION_STATUS, "state of a session"))
    else:
        found = _unsaid(row, moment, title)
    if found == "held" and moment and moment.date > row.sheet.today:
        row.refuse("session.status", "This session is said to have taken place, and its day has not come.", "E-DATE")
    return None if found == words.SKIP else found


def _unsaid(row: Row, moment: values.Moment | None, title: str) -> str:
    told = fold(f"{row.text('session.row_type')} {row.text('session.service_code')} {title}")
    if any(word in told for word in _LATE):
        return "late_canceled"
    if any(word in told for word in _MISSED):
        return "no_show"
    return "scheduled" if moment and moment.date > row.sheet.today else "held"


def _place(row: Row) -> str:
    found = row.text("session.place_of_service").removesuffix(".0").zfill(2)
    if found == "00":
        return ""
    if len(found) != 2 or not found.isdigit():  # noqa: PLR2004
        row.warn("session.place_of_service", "A place of service has two digits. It is left out.", "W-CODE")
        return ""
    return found


def _each(row: Row, names: tuple[str, ...]) -> list[str]:
    return [found for name in names if (found := row.read(name, values.read_modifier, needed=False))]


def _diagnoses(row: Row) -> list[str]:
    found: list[str] = []
    for name in _DIAGNOSES:
        found += row.read(name, values.read_diagnoses, needed=False) or []
    return list(dict.fromkeys(found))[:_MOST_DIAGNOSES]


def _fee(row: Row, units: int) -> Decimal:
    """What the former system charged; nothing where it does not say."""
    total = row.money("charge.total")
    if total is None and (rate := row.money("charge.rate_per_unit")) is not None:
        total = (rate * units).quantize(CENT)
    if total is None:
        parts = [row.money("charge.client_amount"), row.money("charge.insurance_amount")]
        total = sum((part for part in parts if part), ZERO)
    if total < ZERO:
        row.refuse("charge.total", "A fee cannot be below zero.", "E-MONEY")
    return total


def _note(row: Row) -> str:
    return words.NOTE_STATUS.get(row.text("session.note_status").lower(), "")
