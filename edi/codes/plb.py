"""Reasons of provider-level adjustments (PLB03-1): money that belongs to no claim of the remittance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from edi.codes.tables import load


class PlbTreatment(StrEnum):
    """Which kind of account a provider-level amount belongs to."""

    ADVANCE = "advance"
    CLAIM_RECOUPMENT = "claim_recoupment"
    CLEAR_REFUND = "clear_refund"
    CONTRACTUAL = "contractual"
    EXPENSE = "expense"
    INCOME = "income"
    INTERCOMPANY = "intercompany"
    LEVY = "levy"
    LIABILITY = "liability"
    NOT_EXPECTED = "not_expected"
    PROVIDER_BALANCE = "provider_balance"
    RECEIVABLE = "receivable"
    TAX_RECEIVABLE = "tax_receivable"


@dataclass(frozen=True, slots=True)
class PlbReason:
    """One reason; a positive amount lowers the payment, a negative one raises it."""

    code: str
    category: str
    meaning: str
    treatment: PlbTreatment
    next_action: str


@lru_cache(maxsize=1)
def plb_reasons() -> Mapping[str, PlbReason]:
    """All reasons by code."""
    return load("plb_reasons", _reason)


def plb_treatment(code: str) -> PlbTreatment:
    """The treatment of a reason; one that is not known is not expected and waits for a person."""
    known = plb_reasons().get(code)
    return known.treatment if known else PlbTreatment.NOT_EXPECTED


def _reason(row: Mapping[str, str]) -> PlbReason:
    return PlbReason(
        code=row["code"],
        category=row["category"],
        meaning=row["meaning"],
        treatment=PlbTreatment(row["treatment"]),
        next_action=row["next_action"],
    )
