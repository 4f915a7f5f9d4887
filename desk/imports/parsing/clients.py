"""A client as a row describes them."""

from __future__ import annotations

from typing import Any, Final

from desk.imports import places, values
from desk.imports.aliases import normal
from desk.imports.names import couple, split
from desk.imports.parsing import words
from desk.imports.parsing.cells import Row
from desk.imports.parsing.records import ClientRow, Who

_PHONES: Final = (
    ("client.phone_mobile", "mobile"), ("client.phone_primary", ""), ("client.phone_home", "home"),
    ("client.phone_work", "work"),
)  # fmt: skip
_DIAGNOSES: Final = ("client.diagnosis_1", "client.diagnosis_2", "client.diagnosis_3", "client.diagnosis_4")
_NOTE: Final = 500
_SHIFTED: Final = 2


def client_row(row: Row) -> ClientRow | None:
    """The client, or None when the row names nobody."""
    who = row.client()
    if not who.last and not row.is_bad:
        row.refuse(_name_field(row), "The client’s name is missing.", "E-KEY")
    full = row.text("client.full_name")
    pair = couple(full) if full else None
    facts = _facts(row, who)
    found = ClientRow(
        row=row.line.number,
        who=who,
        values=facts,
        contacts=tuple(_contacts(row)),
        diagnoses=tuple(_diagnoses(row)),
        clinician=row.clinician(
            "client.primary_clinician", npi="primary_clinician_npi", email="primary_clinician_email"
        ),
        pair=pair,
    )
    _guard_shift(row)
    return None if row.is_bad else found


def _name_field(row: Row) -> str:
    return "client.last_name" if row.has("client.last_name") else "client.full_name"


def _facts(row: Row, who: Who) -> dict[str, Any]:
    state = row.read("client.state", places.read_state, needed=False) or ""
    phone, notes = _phones(row)
    note = " · ".join(part for part in (row.text("client.admin_note"), *notes) if part)
    if len(note) > _NOTE:
        row.warn("client.admin_note", f"The note is cut after {_NOTE} characters.", "W-LONG")
    suffix = split(row.text("client.full_name")).suffix if row.has("client.full_name") else ""
    return {
        "first_name": who.first[:35],
        "middle_name": row.text("client.middle_name", 25),
        "last_name": who.last[:60],
        "suffix": row.text("client.suffix", 10) or suffix[:10],
        "preferred_name": row.text("client.preferred_name", 60),
        "pronouns": row.text("client.pronouns", 30),
        "date_of_birth": who.date_of_birth,
        "sex": _sex(row),
        "email": row.read("client.email", values.read_email, needed=False) or "",
        "phone": phone,
        "may_text": row.read("client.ok_to_text", values.read_yes, needed=False),
        "address1": row.text("client.address_line1", 55),
        "address2": row.text("client.address_line2", 55),
        "city": row.text("client.city", 30),
        "state": state,
        "zip": row.read("client.postal_code", lambda text: places.read_zip(text, state), needed=False) or "",
        "status": row.read("client.status", words.word_of(words.CLIENT_STATUS, "status"), needed=False) or "active",
        "since": row.date("client.created_on", needed=False),
        "source": row.text("client.referral_source", 60),
        "note": note[:_NOTE],
        "external_id": who.external_id,
    }


def _sex(row: Row) -> str:
    """F, M or U; a column called Gender counts only where it says male or female."""
    found = row.read("client.sex", words.word_of(words.SEX, "sex"), needed=False) or ""
    place = row.sheet.places.get("client.sex")
    is_gender = place is not None and "gender" in normal(row.sheet.headers[place])
    return "" if is_gender and found == "U" else found


def _phones(row: Row) -> tuple[str, list[str]]:
    """The first number that is one; the others, and what is none, go into the note."""
    first, notes = "", []
    for name, kind in _PHONES:
        written = row.text(name)
        number = row.read(name, values.read_phone, needed=False)
        if written and number is None:
            notes.append(f"Phone as written: {written}")
        elif number and not first:
            first = number
        elif number and number != first:
            notes.append(f"{kind.capitalize()} phone: {number}".strip())
    return first, notes


def _contacts(row: Row) -> list[dict[str, Any]]:
    found = []
    for prefix, flags in (
        ("guardian", {"is_guardian": True}),
        ("emergency_contact", {"is_emergency": True}),
        ("contact", {"is_guardian": row.text("client.client_type").lower() == "minor"}),
    ):
        name = row.text(f"client.{prefix}_name", 80)
        if name:
            number = row.read(f"client.{prefix}_phone", values.read_phone, needed=False)
            address = row.read(f"client.{prefix}_email", values.read_email, needed=False)
            relation = row.text(f"client.{prefix}_relationship", 40)
            found.append({"name": name, "phone": number or "", "email": address or "", "relation": relation} | flags)
    return found


def _diagnoses(row: Row) -> list[str]:
    found: list[str] = []
    for name in _DIAGNOSES:
        found += row.read(name, values.read_diagnoses, needed=False) or []
    return list(dict.fromkeys(found))


def _guard_shift(row: Row) -> None:
    """Two cells and more that do not fit their columns: the row has slipped, and nothing in it can be trusted."""
    typed = {problem.column for problem in row.problems if problem.code in {"E-DATE", "W-PHONE", "W-ZIP", "W-STATE"}}
    typed |= {problem.column for problem in row.problems if problem.code in {"E-VALUE", "W-EMAIL"}}
    if row.is_bad and len(typed) > _SHIFTED - 1:
        columns = ", ".join(sorted(typed))
        row.refuse(
            _name_field(row),
            f"The cells of this row seem to have slipped into other columns ({columns}). Put them right in the file.",
            "W-SHIFT",
        )
