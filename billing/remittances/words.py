"""How remittances and what payers say in them read in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from billing.models import Remittance
from edi.codes.adjustments import adjustment_reasons
from edi.codes.remarks import remark_codes
from practice.money import dollars as money

__all__ = ["money", "name", "reason", "reason_facts", "remark", "text"]

_NUL: Final = "\x00"


def text(value: str, length: int) -> str:
    """A payer's words as the database can keep them: no NUL, no longer than the column."""
    return value.replace(_NUL, "").strip()[:length]


def name(remittance: Remittance) -> str:
    """`Keystone Mutual 88123`: how a remittance is called in a sentence."""
    return f"{remittance.payer_name or 'A payer'} {remittance.trace}".strip()


def reason(group: str, code: str, amount: Decimal) -> str:
    """`CO-45 $30.00: the fee is above the agreed one`."""
    known = adjustment_reasons().get(code)
    meaning = known.meaning if known else "Not in the code list"
    return f"{group}-{code} {money(amount)}: {meaning}"


def remark(code: str) -> str:
    """`N290: …`, or the code alone when it is not in our list."""
    known = remark_codes().get(code)
    return f"{code}: {known.meaning}" if known else code


def reason_facts(group: str, code: str, amount: Decimal, remarks: Iterable[str]) -> dict[str, Any]:
    """One reason of a refusal as a denial keeps it."""
    known = adjustment_reasons().get(code)
    return {
        "group": group,
        "reason": code,
        "amount": str(amount),
        "words": known.meaning if known else "Not in the code list",
        "action": known.next_action if known else "Ask the payer what this reason means",
        "remarks": [remark(one) for one in remarks],
    }
