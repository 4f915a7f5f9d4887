"""Checks of who is named: submitter, receiver, payer, billing provider, clinicians, subscriber and patient."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from edi.claims.checks import lists
from edi.claims.checks.values import fits, not_after, npi, one_of, required, taxonomy
from edi.claims.model import (
    Address,
    BillingProvider,
    Organization,
    Patient,
    Payer,
    Person,
    Subscriber,
)
from edi.claims.problems import Findings
from edi.codes.places import states

ZIP_PLUS_4: Final = 9
UNITED_STATES: Final = frozenset({"", "US"})

_po_box = re.compile(r"\b(P\W*O\W*BOX|POST\s+OFFICE\s+BOX|P\W*O\W+DRAWER|LOCK\s?BOX)\b", re.IGNORECASE).search
_is_zip = re.compile(r"[0-9]{5}(-?[0-9]{4})?").fullmatch
_is_tax_id = re.compile(r"[0-9]{9}|[0-9]{2}-[0-9]{7}|[0-9]{3}-[0-9]{2}-[0-9]{4}").fullmatch
_one_digit = re.compile(r"([0-9])\1{8}").fullmatch


def name(found: Findings, who: Person | Organization, whose: str) -> None:
    """NM103 to NM107."""
    if isinstance(who, Organization):
        required(found, "NM103", who.name, whose, "name")
        return
    required(found, "NM103", who.last, whose, "last name")
    if not who.first:
        found.add(2, "NM104", "missing", f"{whose} first name is missing.", warning=True)
    fits(found, "NM104", who.first, whose, "first name")
    fits(found, "NM105", who.middle, whose, "middle name")
    fits(found, "NM107", who.suffix, whose, "suffix")


def address(found: Findings, place: Address, whose: str) -> None:
    """N3 and N4."""
    required(found, "N301", place.line1, whose, "street address")
    fits(found, "N302", place.line2, whose, "second address line")
    required(found, "N401", place.city, whose, "city")
    if place.country in UNITED_STATES:
        _state_and_zip(found, place, whose)


def _state_and_zip(found: Findings, place: Address, whose: str) -> None:
    """N402 and N403 of an address in the United States."""
    if not place.state:
        found.add(2, "N402", "missing", f"{whose} state is missing.")
    elif place.state.upper() not in states():
        found.add(5, "N402", "state", f"{whose} state “{place.state}” is not a state or territory.")
    if not place.postal_code:
        found.add(2, "N403", "missing", f"{whose} ZIP code is missing.")
    elif not _is_zip(place.postal_code):
        found.add(2, "N403", "zip", f"{whose} ZIP code “{place.postal_code}” should have five or nine digits.")


def street(found: Findings, place: Address, whose: str) -> None:
    """A street address with ZIP+4, as the billing provider and a service facility must have."""
    address(found, place, whose)
    if _po_box(place.line1) or _po_box(place.line2):
        words = f"{whose} address is a PO box. It must be a street address; a PO box may be the pay-to address."
        found.add(4, "N301", "po-box", words)
    short = _is_zip(place.postal_code) and len(place.postal_code.replace("-", "")) != ZIP_PLUS_4
    if short and place.country in UNITED_STATES:
        found.add(4, "N403", "zip4", f"{whose} ZIP code {place.postal_code} needs all nine digits (ZIP+4).")


def payer(found: Findings, who: Payer, whose: str = "The payer's") -> None:
    """Loop 2010BB or 2330B."""
    required(found, "NM103", who.name, whose, "name")
    required(found, "NM109", who.id, whose, "payer ID")
    one_of(found, "NM108", who.id_qualifier, lists.PAYER_ID_QUALIFIERS, f"{whose} kind of ID")
    if who.address is not None:
        address(found, who.address, whose)


def billing_provider(found: Findings, who: BillingProvider) -> None:
    """Loops 2000A, 2010AA and 2010AB."""
    whose = "The billing provider's"
    name(found, who.name, whose)
    npi(found, "NM109", who.npi, whose)
    taxonomy(found, "PRV03", who.taxonomy, whose)
    street(found, who.address, whose)
    one_of(found, "REF01", who.tax_id_kind, lists.TAX_ID_KINDS, f"{whose} kind of tax ID")
    if not who.tax_id:
        found.add(2, "REF*EI", "missing", f"{whose} tax ID is missing.")
    elif not _is_tax_id(who.tax_id) or _one_digit(who.tax_id):
        found.add(4, "REF*EI", "tax-id", f"{whose} tax ID should have nine digits.")
    if who.pay_to is not None:
        found.at("2010AB")
        address(found, who.pay_to, "The pay-to")


def subscriber(found: Findings, who: Subscriber, made_on: date, *, is_patient: bool) -> None:
    """Loops 2000B and 2010BA; the address, date of birth and sex are asked of a subscriber who is the patient."""
    whose = "The client's" if is_patient else "The subscriber's"
    name(found, who.name, whose)
    required(found, "NM109", who.member_id, whose, "member ID")
    one_of(found, "NM108", who.member_id_qualifier, lists.MEMBER_ID_QUALIFIERS, f"{whose} kind of member ID")
    one_of(found, "SBR09", who.filing_indicator, lists.FILING_INDICATORS, "The claim filing indicator")
    one_of(found, "SBR01", who.responsibility, f"{lists.RESPONSIBILITIES}U", "The order of payers")
    _medicare_type(found, who)
    if who.address is not None:
        address(found, who.address, whose)
    if is_patient:
        _self(found, who, made_on)
    elif who.birth_date is not None or who.sex:
        born(found, who.birth_date, who.sex, made_on, whose)
    fits(found, "SBR03", who.group_number, whose, "group number")
    fits(found, "SBR04", who.plan_name, whose, "plan name")


def _medicare_type(found: Findings, who: Subscriber) -> None:
    """SBR05 says why Medicare is not primary, and stands only then."""
    secondary = who.filing_indicator in lists.MEDICARE and who.responsibility != "P"
    if secondary and who.medicare_type not in lists.MEDICARE_TYPES:
        found.add(4, "SBR05", "medicare-type", "Medicare is not primary: say why (Medicare secondary payer type).")
    elif who.medicare_type and not secondary:
        found.add(
            4, "SBR05", "medicare-type", "A Medicare secondary payer type stands only where Medicare is not primary."
        )


def _self(found: Findings, who: Subscriber, made_on: date) -> None:
    """What the guide asks when the subscriber is the patient: N3, N4 and DMG."""
    if who.address is None:
        words = "The client's address is missing; it is required when the client holds the coverage."
        found.add(4, "N3", "self-address", words)
    if who.birth_date is None:
        words = "The client's date of birth is missing; it is required when the client holds the coverage."
        found.add(4, "DMG02", "self-birth-date", words)
    else:
        not_after(found, "DMG02", who.birth_date, made_on, "The client's date of birth")
    if who.sex not in lists.SEXES:
        words = "The client's sex (F, M or U) is missing; it is required when the client holds the coverage."
        found.add(4, "DMG03", "self-sex", words)


def patient(found: Findings, who: Patient, made_on: date) -> None:
    """Loops 2000C and 2010CA."""
    whose = "The client's"
    name(found, who.name, whose)
    address(found, who.address, whose)
    one_of(found, "PAT01", who.relationship, lists.RELATIONSHIPS, "The client's relationship to the subscriber")
    born(found, who.birth_date, who.sex, made_on, whose)


def born(found: Findings, birth_date: date | None, sex: str, made_on: date, whose: str) -> None:
    """DMG."""
    if birth_date is None:
        found.add(2, "DMG02", "missing", f"{whose} date of birth is missing.")
    else:
        not_after(found, "DMG02", birth_date, made_on, f"{whose} date of birth")
    one_of(found, "DMG03", sex, lists.SEXES, f"{whose} sex")
