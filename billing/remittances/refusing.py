"""Whether a payer refused a claim or a line: told by the money and by how the reasons are treated. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from billing.models import RemittanceAdjustment, Treatment
from billing.remittances.treatments import REFUSED, Rules
from billing.secondary.sharing import Turn
from edi.codes.adjustments import adjustment_reasons
from edi.remittances.model import PREDETERMINATION, REVERSAL, Adjustment, ClaimPayment, LinePayment


def is_denial(claim: ClaimPayment, rules: Rules) -> bool:
    """Something was charged, nothing is paid, and neither a share of the client nor the practice's rule explains it.

    The test of `edi.remittances.denials`, asked with the practice's own treatments. CLP02 is not asked.
    """
    if claim.status in {REVERSAL, PREDETERMINATION} or claim.charge <= 0 or claim.paid != 0:
        return False
    return not explained(claim.all_adjustments(), rules)


def is_line_denial(line: LinePayment, rules: Rules) -> bool:
    """The same for one line, which may be refused while others of its claim are paid."""
    return line.charge > 0 and line.paid == 0 and not explained(line.adjustments, rules)


def explained(adjustments: Iterable[Adjustment], rules: Rules) -> bool:
    """Whether nothing asks for work, and either the client has a share or the practice decided every amount."""
    taken = [one for one in adjustments if one.amount]
    if any(rules.treatment(one.group, one.reason) in REFUSED for one in taken):
        return False
    if any(one.amount > 0 and _is_share(one, rules) for one in taken):
        return True
    return bool(taken) and all(rules.is_own(one.group, one.reason) for one in taken)


def is_left(one: RemittanceAdjustment, rules: Rules, turn: Turn) -> bool:
    """Whether the amount stays with the payer and somebody has to work it.

    That is what it refused, what it left to a next payer where none comes, and what it gave a reason for that nobody
    has to bear. A later payer only tells that again for what stands before it; what the practice decided is decided.
    """
    if one.treatment in REFUSED:
        return True
    if rules.is_own(one.group, one.reason):
        return False
    nobody_next = one.treatment == Treatment.NEXT_PAYER and turn.next_coverage_id is None
    return nobody_next or (one.treatment == Treatment.INFO and turn.coverage_id is None)


def _is_share(one: Adjustment, rules: Rules) -> bool:
    if one.group != "PR" or rules.treatment(one.group, one.reason) != Treatment.PATIENT:
        return False
    reason = adjustment_reasons().get(one.reason)
    return rules.is_own(one.group, one.reason) or (reason is not None and reason.is_patient_share)
