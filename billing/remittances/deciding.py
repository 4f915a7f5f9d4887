"""The practice's own treatment of adjustment codes: what it decides, and taking that back."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from billing.models import AdjustmentRule, Treatment
from billing.remittances.errors import RemittanceRefusedError
from billing.remittances.treatments import NOT_THE_CLIENTS
from edi.codes.adjustments import GROUPS, adjustment_reasons
from practice import audit
from practice.actors import Actor

_NEVER = "What the contract (CO) or the payer by itself (PI) takes off never goes to the client."


@transaction.atomic
def decide(*, actor: Actor, group: str, reason: str, treatment: str) -> AdjustmentRule:
    """Says what is done with a reason under a group from now on, also in remittances that are not posted yet.

    RemittanceRefusedError for a code that does not exist, and for what may not be.
    """
    actor.require("remittances:edit")
    _refuse(group, reason, treatment)
    row = AdjustmentRule.objects.select_for_update(no_key=True).filter(group=group, reason=reason).first()
    before = {"treatment": row.treatment} if row else None
    if row is None:
        row = AdjustmentRule.objects.create(group=group, reason=reason, treatment=treatment)
    else:
        row.treatment = treatment
        row.save(update_fields=["treatment"])
    facts = {"group": group, "reason": reason, "treatment": treatment}
    audit.record("adjustment.decided", actor=actor, row=row, before=before, after=facts)
    return row


@transaction.atomic
def forget(*, actor: Actor, rule_id: int) -> AdjustmentRule:
    """Goes back to what the code table says; Http404 when nothing was decided."""
    actor.require("remittances:edit")
    row = AdjustmentRule.objects.select_for_update(no_key=True).filter(pk=rule_id).first()
    if row is None:
        raise Http404
    before = {"group": row.group, "reason": row.reason, "treatment": row.treatment}
    audit.record("adjustment.default_again", actor=actor, row=row, before=before)
    row.delete()
    return row


def _refuse(group: str, reason: str, treatment: str) -> None:
    if group not in GROUPS or reason not in adjustment_reasons():
        raise RemittanceRefusedError(f"{group}-{reason} is not in the code list.")
    if treatment not in Treatment.values:
        raise RemittanceRefusedError("Choose what is done with the amount.")
    if group in NOT_THE_CLIENTS and treatment == Treatment.PATIENT:
        raise RemittanceRefusedError(_NEVER)
