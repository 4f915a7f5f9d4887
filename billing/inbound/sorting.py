"""Sets aside what matches nothing of ours, or a file that cannot be read, and brings it back."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from billing.inbound.errors import InboundRefusedError
from billing.models import InboundFile, InboundTransaction
from practice import audit, states
from practice.actors import Actor

S = InboundTransaction.Status
F = InboundFile.Status


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


@transaction.atomic
def set_file_aside(inbound_id: int, *, actor: Actor) -> InboundFile:
    """Takes a file off what is to be looked at; it stays stored. InboundRefusedError for one that was read."""
    actor.require("claims:edit", "remittances:edit")
    row = _locked_file(inbound_id)
    if row.status != F.UNREADABLE:
        raise InboundRefusedError("Only a file that could not be read can be set aside.")
    states.transition(row, F.SET_ASIDE, actor=actor)
    audit.record("inbound.file_set_aside", actor=actor, row=row)
    return row


@transaction.atomic
def bring_file_back(inbound_id: int, *, actor: Actor) -> InboundFile:
    """Puts the file back among those to be looked at; InboundRefusedError for one that is not set aside."""
    actor.require("claims:edit", "remittances:edit")
    row = _locked_file(inbound_id)
    if row.status != F.SET_ASIDE:
        raise InboundRefusedError("This is not set aside.")
    states.transition(row, F.UNREADABLE, actor=actor)
    audit.record("inbound.file_brought_back", actor=actor, row=row)
    return row


def _locked_file(inbound_id: int) -> InboundFile:
    row = InboundFile.objects.select_for_update(no_key=True, of=("self",)).filter(pk=inbound_id).first()
    if row is None:
        raise Http404
    return row


def _locked(transaction_id: int) -> InboundTransaction:
    rows = InboundTransaction.objects.select_for_update(no_key=True, of=("self",))
    row = rows.filter(pk=transaction_id).first()
    if row is None:
        raise Http404
    return row
