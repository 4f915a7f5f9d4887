"""Which transaction is applied by what; what nobody here reads is kept and set aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from billing.inbound import acknowledging, remitting, statuses
from billing.inbound.cases import Case, capped, control_of, kind_of, write
from billing.models import InboundTransaction
from edi.interchanges import Transaction
from edi.segments import Segment

__all__ = ["Case", "apply_ta1", "apply_transaction", "capped", "control_of", "kind_of", "write"]

_APPLIERS: Final[dict[str, Callable[[Case, Transaction], InboundTransaction]]] = {
    InboundTransaction.Kind.X999: acknowledging.apply_999,
    InboundTransaction.Kind.X277CA: statuses.apply,
    InboundTransaction.Kind.X835: remitting.apply,
}


def apply_ta1(case: Case, segment: Segment) -> InboundTransaction:
    """What a clearinghouse says of a whole file of ours."""
    return acknowledging.apply_ta1(case, segment)


def apply_transaction(case: Case, transaction: Transaction) -> InboundTransaction:
    """Applies a transaction by its kind; raises X12Error when it cannot be read."""
    applier = _APPLIERS.get(kind_of(transaction), _set_aside)
    return applier(case, transaction)


def _set_aside(case: Case, transaction: Transaction) -> InboundTransaction:
    name = f"{transaction.set_id or 'a set without a name'} ({transaction.version or 'no version'})"
    summary = f"This is {name}, which is not an answer to a claim. It is kept and was set aside."
    status = InboundTransaction.Status.SET_ASIDE
    return write(case, InboundTransaction.Kind.OTHER, transaction.control, status, summary)
