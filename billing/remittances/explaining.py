"""What a payer's codes mean and what is done with the amounts, in words for the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from billing.models import Account, ProviderAdjustment, RemittanceAdjustment, Treatment
from billing.remittances.posting import plb_account
from billing.remittances.words import money, remark
from edi.codes.adjustments import adjustment_reasons
from edi.codes.plb import PlbTreatment, plb_reasons

UNKNOWN: Final = "Not in the code list"
TREATMENTS: Final[dict[str, str]] = {
    Treatment.WRITE_OFF: "Taken off under the contract. Nobody is asked for it.",
    Treatment.PATIENT: "Becomes the client’s share. It is asked of the client.",
    Treatment.DENIAL: "Stays open with the payer and stands among the denials to work.",
    Treatment.NEXT_PAYER: "Stays open for the client’s next payer; where none comes it is a denial to work.",
    Treatment.HOLD: "Stays open with the payer, and a person decides.",
    Treatment.INFO: "Moves no money. What it leaves open is a denial to work.",
}
KINDS: Final[dict[str, str]] = {
    Treatment.WRITE_OFF: "calm",
    Treatment.PATIENT: "move",
    Treatment.DENIAL: "stop",
    Treatment.NEXT_PAYER: "move",
    Treatment.HOLD: "wait",
    Treatment.INFO: "calm",
}
STATUS_WORDS: Final[dict[str, str]] = {
    "1": "Processed as primary",
    "2": "Processed as secondary",
    "3": "Processed as tertiary",
    "4": "Denied",
    "19": "Processed as primary, passed on to the next payer",
    "20": "Processed as secondary, passed on to the next payer",
    "21": "Processed as tertiary, passed on to the next payer",
    "22": "Takes back an earlier answer",
    "23": "Not this payer’s claim, passed on",
    "25": "Estimate only, no payment",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One adjustment: `CO-45`, its amount, what it means, and what is done with it."""

    code: str
    amount: Decimal
    words: str
    treatment: str
    kind: str


@dataclass(frozen=True, slots=True)
class ProviderReason:
    """A provider-level adjustment; `amount` as it changed the payment."""

    row: ProviderAdjustment
    amount: Decimal
    words: str
    account: str
    action: str
    is_fixed: bool


def meaning(reason: str) -> str:
    """What an adjustment reason says."""
    known = adjustment_reasons().get(reason)
    return known.meaning if known else UNKNOWN


def explained(rows: Iterable[RemittanceAdjustment]) -> list[Reason]:
    """Adjustments in words, in their order."""
    return [
        Reason(
            f"{row.group}-{row.reason}",
            row.amount,
            meaning(row.reason),
            Treatment(row.treatment).label,
            KINDS[row.treatment],
        )
        for row in rows
    ]


def remarks(codes: Iterable[str]) -> list[str]:
    """Remark codes in words, each once."""
    return [remark(code) for code in dict.fromkeys(codes)]


def status_words(code: str) -> str:
    """What CLP02 says."""
    return STATUS_WORDS.get(code, f"Status {code}")


def provider(row: ProviderAdjustment) -> ProviderReason:
    """A provider-level adjustment in words."""
    known = plb_reasons().get(row.reason)
    waits = row.treatment in {PlbTreatment.NOT_EXPECTED, PlbTreatment.LEVY}
    account = Account(plb_account(row.reason, row.treatment)).label
    return ProviderReason(
        row,
        -row.amount,
        known.meaning if known else UNKNOWN,
        "Waits for a person" if waits else account,
        known.next_action if known else "Ask the payer what this reason means",
        is_fixed=not waits,
    )


def plb_words(reason: str) -> str:
    """What a provider-level reason means."""
    known = plb_reasons().get(reason)
    return known.meaning if known else UNKNOWN


def settled(theirs: Decimal, ours: Decimal) -> str:
    """How much of what stands under a reference is settled: `theirs` was kept for the payer, `ours` against it."""
    whole, part = max(theirs, ours), min(theirs, ours)
    if not whole:
        return ""
    return f"{money(whole)} is settled" if whole == part else f"{money(part)} of {money(whole)} is settled"
