"""Whether a payer refused a claim: told by the money, because payers report denials under any claim status."""

from __future__ import annotations

from collections.abc import Iterable

from edi.codes.adjustments import Treatment, adjustment_reasons, treatment
from edi.remittances.model import PREDETERMINATION, REVERSAL, Adjustment, ClaimPayment, LinePayment

REFUSED = frozenset({Treatment.DENIAL_WORKLIST, Treatment.HOLD})


def is_denial(claim: ClaimPayment) -> bool:
    """Whether something was charged, nothing is paid, and no share of the client explains it.

    A share explains it when its reason is by nature the client's (deductible, coinsurance, copay and the like) and
    nothing else on the claim asks for work: PR-1 for the allowed amount does, PR-29 or PR-31 does not, nor does a copay
    beside CO-197. Reversals and predeterminations are no denials. The claim status (CLP02) is not asked.
    """
    if claim.status in {REVERSAL, PREDETERMINATION} or claim.charge <= 0 or claim.paid != 0:
        return False
    return not _explained(claim.all_adjustments())


def is_line_denial(line: LinePayment) -> bool:
    """The same test for one line, which may be refused while others of its claim are paid."""
    return line.charge > 0 and line.paid == 0 and not _explained(line.adjustments)


def _explained(adjustments: Iterable[Adjustment]) -> bool:
    """Whether a share of the client, and nothing that asks for work, leaves nothing to pay."""
    shared = False
    for one in adjustments:
        if one.amount and treatment(one.group, one.reason) in REFUSED:
            return False
        shared = shared or (one.amount > 0 and _is_share(one))
    return shared


def _is_share(adjustment: Adjustment) -> bool:
    reason = adjustment_reasons().get(adjustment.reason)
    return adjustment.group == "PR" and reason is not None and reason.is_patient_share
