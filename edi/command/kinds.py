"""Which transactions are read into a model, and by what: one row for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from edi.acknowledgments import reading as acknowledgments
from edi.claims.problems import Problem
from edi.command import answers
from edi.eligibility import reading_answers, reading_inquiries
from edi.inquiries import answer_reading, request_reading
from edi.interchanges import Transaction
from edi.remittances import reading as remittances
from edi.statuses import reading as statuses

CLAIMS: Final = "837P"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of transaction: its ST01, how its ST03 or GS08 begins ('' for any), and the GS01 it travels under.

    `read` gives its model, and `check` what is wrong with that; both are None for a set that is shown as segments.
    Claims need the envelopes around them, and are read and checked by the group.
    """

    name: str
    set_id: str
    version: str
    functional_id: str
    read: Callable[[Transaction], Any] | None = None
    check: Callable[[Transaction, Any], Iterator[Problem]] = answers.by_defects


KINDS: Final = (
    Kind("837I", "837", "005010X223", "HC"),
    Kind("837D", "837", "005010X224", "HC"),
    Kind(CLAIMS, "837", "", "HC"),
    Kind("835", "835", "", "HP", remittances.read, answers.by_balance),
    Kind("999", "999", "", "FA", acknowledgments.read),
    Kind("997", "997", "", "FA", acknowledgments.read),
    Kind("277CA", "277", "005010X214", "HN", statuses.read),
    Kind("277", "277", "005010X212", "HN", answer_reading.read),
    Kind("277CA", "277", "", "HN", statuses.read),
    Kind("276", "276", "", "HR", request_reading.read),
    Kind("270", "270", "", "HS", reading_inquiries.read),
    Kind("271", "271", "", "HB", reading_answers.read),
)
"""The first row that fits a transaction is taken."""


def kind_of(sent: Transaction) -> Kind | None:
    """The kind of a transaction by its set and version; None for a set that is not listed."""
    for kind in KINDS:
        if sent.set_id == kind.set_id and sent.version.startswith(kind.version):
            return kind
    return None


def is_claims(sent: Transaction) -> bool:
    """Whether a transaction is a professional claim."""
    kind = kind_of(sent)
    return kind is not None and kind.name == CLAIMS
