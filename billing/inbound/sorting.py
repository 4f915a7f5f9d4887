"""Sets aside what matches nothing of ours, and brings it back."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from billing.inbound.errors import InboundRefusedError
from billing.models import InboundTransaction
from practice import audit, states
from practice.actors import Actor

S = InboundTransaction.Status


@transaction.atomic
def set_aside(transaction_id: int, *, actor: Actor) -> InboundTransaction:
    """Takes a transaction off the list of what matches nothing; InboundRefusedError for one that was applied."""
    actor.require("claims:edit", "remittances:edit")
    row = _locked(transaction_id)
    if not states.may_become(row, S.SET_ASIDE):
        raise InboundRefusedError(f"This is {row.get_status_display().lower()}; it cannot be set aside.")
    states.transition(row, S.SET_ASIDE, actor=actor)
    audit.record("inbound.set_aside", actor=actor, row=row)
    return row


@transaction.atomic
def bring_back(transaction_id: int, *, actor: Actor) -> InboundTransaction:
    """Puts it back on the list; InboundRefusedError for one that is not set aside."""
    actor.require("claims:edit", "remittances:edit")
    row = _locked(transaction_id)
    if row.status != S.SET_ASIDE:
        raise InboundRefusedError("This is not set aside.")
    states.transition(row, S.UNMATCHED, actor=actor)
    audit.record("inbound.brought_back", actor=actor, row=row)
    return row


def _locked(transaction_id: int) -> InboundTransaction:
    rows = InboundTransaction.objects.select_for_update(no_key=True, of=("self",))
    row = rows.filter(pk=transaction_id).first()
    if row is None:
        raise Http404
    return row
