"""The transaction that a remittance came from goes along when the remittance is matched, posted or set aside."""

from __future__ import annotations

from billing.models import InboundTransaction, Remittance
from practice import states
from practice.actors import Actor


def follow(row: Remittance, status: InboundTransaction.Status, *, actor: Actor, reason: str) -> None:
    """Moves the transaction of a remittance to `status` where it may go there; one that was applied stays so."""
    found = InboundTransaction.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.transaction_id)
    if states.may_become(found, status):
        states.transition(found, status, actor=actor, reason=reason[:300])
