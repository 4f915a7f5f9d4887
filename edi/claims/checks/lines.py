"""Checks of loop 2400: what was done, when, for how much and why."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from edi.characters import clean
from edi.claims.checks import lists
from edi.claims.checks.providers import provider
from edi.claims.checks.values import amount, fits, one_of
from edi.claims.model import MAX_LINES, MAX_MODIFIERS, MAX_POINTERS, Claim, Line
from edi.claims.problems import Findings
from edi.codes.places import places_of_service

MAX_UNITS: Final = Decimal("9999.9")

is_procedure = re.compile("[0-9]{5}|[A-Z][0-9]{4}|[0-9]{4}[A-Z]").fullmatch
_is_modifier = re.compile("[A-Z0-9]{2}").fullmatch


def lines(found: Findings, sent: Claim, made_on: date) -> None:
    """The lines of a claim, and their references."""
    if not 0 < len(sent.lines) <= MAX_LINES:
        found.add(2, "LX", "lines", f"The claim has {len(sent.lines)} lines; it must have 1 to {MAX_LINES}.")
    references = set()
    for number, line in enumerate(sent.lines, 1):
        found.line, found.number = line.reference or str(number), number
        found.at("2400")
        if not line.reference:
            found.add(
                4, "REF*6R", "no-reference", "The line has no reference for the remittance to name.", warning=True
            )
        elif line.reference in references:
            found.add(4, "REF*6R", "reference-twice", f"Two lines of the claim have the reference {line.reference}.")
        references.add(line.reference)
        _line(found, sent, line, made_on)
    found.line, found.number = "", 0


def _line(found: Findings, sent: Claim, line: Line, made_on: date) -> None:
    """One line."""
    _service(found, line)
    _money(found, line)
    _pointers(found, line, len(sent.diagnoses))
    _dates(found, sent, line, made_on)
    _place(found, line, line.place or sent.place_of_service)
    _texts(found, line)
    if line.rendering is not None:
        found.at("2420A")
        provider(found, line.rendering, "The line's rendering provider's")


def _service(found: Findings, line: Line) -> None:
    """SV101."""
    if not line.code:
        found.add(2, "SV101", "missing", "The service code is missing.")
    elif line.code_qualifier == "HC" and not is_procedure(line.code):
        found.add(5, "SV101", "procedure", f"{line.code} does not have the form of a CPT or HCPCS code.")
    if line.code_qualifier not in lists.CODE_QUALIFIERS:
        one_of(found, "SV101", line.code_qualifier, lists.CODE_QUALIFIERS, "The kind of service code")
    if line.modifiers:
        _modifiers(found, line.modifiers)


def _modifiers(found: Findings, modifiers: tuple[str, ...]) -> None:
    """SV101-3 to SV101-6."""
    if len(modifiers) > MAX_MODIFIERS:
        found.add(
            2, "SV101", "modifiers", f"The line has {len(modifiers)} modifiers; at most {MAX_MODIFIERS} can be sent."
        )
    if len(set(modifiers)) != len(modifiers):
        found.add(4, "SV101", "modifier-twice", "A modifier stands twice on the line.")
    for modifier in modifiers:
        if not _is_modifier(modifier):
            found.add(2, "SV101", "modifier", f"Modifier “{modifier}” should be two letters or digits.")


def _money(found: Findings, line: Line) -> None:
    """SV102 to SV104."""
    amount(found, "SV102", line.amount, "The line's charge")
    if line.unit_kind not in lists.UNITS:
        one_of(found, "SV103", line.unit_kind, lists.UNITS, "The kind of units")
    if not 0 < line.units <= MAX_UNITS or line.units != line.units.quantize(Decimal("0.1")):
        found.add(
            2, "SV104", "units", f"The line has {line.units} units; it should be a number above 0 with one decimal."
        )


def _pointers(found: Findings, line: Line, diagnoses: int) -> None:
    """SV107: one to four of the claim's diagnoses, the most important first."""
    pointers = line.pointers
    if not 0 < len(pointers) <= MAX_POINTERS:
        words = f"The line points to {len(pointers)} diagnoses; it must point to 1 to {MAX_POINTERS}."
        found.add(2, "SV107", "pointers", words)
    for pointer in pointers:
        if not 0 < pointer <= diagnoses:
            words = f"The line points to diagnosis {pointer}, but the claim has {diagnoses}."
            found.add(4, "SV107", "pointer", words)
    if len(pointers) > 1 and len(set(pointers)) != len(pointers):
        found.add(4, "SV107", "pointer-twice", "The line points to the same diagnosis twice.")


def _dates(found: Findings, sent: Claim, line: Line, made_on: date) -> None:
    """DTP*472: between the birth of the patient and the day the file is made."""
    first, last = line.service_date, line.ends_on or line.service_date
    if first is None or last is None:
        found.add(2, "DTP*472", "missing", "The date of service is missing.")
        return
    if last < first:
        found.add(4, "DTP*472", "range", "The dates of service end before they begin.")
    if last > made_on:
        found.add(4, "DTP*472", "future", f"The date of service {last:%m/%d/%Y} is after the day the file was made.")
    born = sent.patient.birth_date if sent.patient else sent.subscriber.birth_date
    if born is not None and first < born <= made_on:
        found.add(4, "DTP*472", "before-birth", f"The date of service {first:%m/%d/%Y} is before the client was born.")


def _place(found: Findings, line: Line, place: str) -> None:
    """SV105, and what telehealth modifiers say about it."""
    if line.place and line.place not in places_of_service():
        found.add(5, "SV105", "place", f"{line.place} is not a place of service code.")
    told = lists.TELEHEALTH.intersection(line.modifiers)
    if not told:
        return
    if place and place not in lists.TELEHEALTH_PLACES:
        words = f"Modifier {min(told)} says telehealth, but the place of service is {place}, not 02 or 10."
        found.add(4, "SV101", "telehealth-place", words, warning=True)
    if told & lists.VIDEO and told & lists.AUDIO:
        found.add(4, "SV101", "telehealth-kind", "The line says both video and audio only.")


def _texts(found: Findings, line: Line) -> None:
    """REF*6R must come back as it was sent; the rest must fit."""
    reference = line.reference
    fits(found, "REF*6R", reference, "The line's", "reference")
    if not reference.isalnum() and clean(reference) != reference:
        found.add(
            2, "REF*6R", "reference-characters", f"The line's reference {reference} has characters that cannot be sent."
        )
    fits(found, "NTE02", line.note, "The line's", "note")
    fits(found, "SV101-7", line.description, "The line's", "description")
    fits(found, "REF*G1", line.prior_authorization, "The line's", "authorization number")
