"""A clinician as a row describes them."""

from __future__ import annotations

from typing import Any

from desk.imports import places, values
from desk.imports.names import split, without_letters
from desk.imports.parsing import words
from desk.imports.parsing.cells import Row
from desk.imports.parsing.records import ClinicianRow, Who

_UNSAID = "w2_nonexempt"


def clinician_row(row: Row) -> ClinicianRow | None:
    """The clinician, or None when the row names nobody or lacks both NPI and email."""
    first, last = row.text("clinician.first_name"), row.text("clinician.last_name")
    if not last:
        name = split(without_letters(row.text("clinician.full_name")))
        first, last = name.first, name.last
    if not (first and last):
        row.refuse("clinician.last_name", "First and last name are needed.", "E-KEY")
    npi = row.read("clinician.npi", values.read_npi, needed=False) or ""
    email = row.read("clinician.email", values.read_email, needed=False) or ""
    starts_on, ends_on = row.date("clinician.start_date"), row.date("clinician.end_date")
    if starts_on and ends_on and ends_on < starts_on:
        row.refuse("clinician.end_date", "They would leave before the day they started.", "E-DATE")
    who = Who(first[:35], last[:60], row.text("clinician.external_id", 60), npi=npi, email=email)
    facts: dict[str, Any] = {
        "first_name": who.first,
        "middle_name": row.text("clinician.middle_name", 25),
        "last_name": who.last,
        "credentials": row.text("clinician.credentials", 40),
        "npi": npi,
        "taxonomy": row.text("clinician.taxonomy_code", 10),
        "email": email,
        "phone": row.read("clinician.phone", values.read_phone, needed=False) or "",
        "can_supervise": row.text("clinician.role").lower() == "supervisor",
        "ends_on": ends_on,
    }
    found = ClinicianRow(row.line.number, who, facts, _engagement(row), starts_on, _license(row))
    return None if row.is_bad else found


def _engagement(row: Row) -> str:
    found = row.read("clinician.employment_class", words.word_of(words.EMPLOYMENT, "kind of employment"))
    if found is None and not row.is_bad:
        row.warn("clinician.employment_class", "No terms of work are given: employee (W-2), non-exempt, is taken.")
    return found or _UNSAID


def _license(row: Row) -> dict[str, Any] | None:
    number = row.text("clinician.license_number", 40)
    state = row.read("clinician.license_state", places.read_state, needed=False)
    expires_on = row.date("clinician.license_expires_on", needed=False)
    if not number:
        return None
    if state is None or expires_on is None:
        row.warn("clinician.license_number", "A license needs its state and the day it expires. It is left out.")
        return None
    kind = row.text("clinician.license_type", 40) or "License"
    return {"state": state, "kind": kind, "number": number, "expires_on": expires_on}
