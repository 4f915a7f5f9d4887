"""Sets aside what matches nothing of ours, or a file that cannot be read, and brings it back."""

from __future__ import annotations

from typing import TypeVar

from django.db import transaction
from django.http import Http404

from billing.inbound.errors import InboundRefusedError
from billing.models import InboundFile, InboundTransaction
from practice import audit, states
from practice.actors import Actor

S = InboundTransaction.Status
F = InboundFile.Status
_Row = TypeVar("_Row", InboundFile, InboundTransaction)
_NOT_ASIDE = "This is not set aside."


@transaction.atomic
def set_aside(transaction_id: int, *, actor: Actor) -> InboundTransaction:
    """Takes a transaction off the list of what matches nothing; InboundRefusedError for one that was applied."""
    row = _locked(InboundTransaction, transaction_id, actor)
    if not states.may_become(row, S.SET_ASIDE):
        raise InboundRefusedError(f"This is {row.get_status_display().lower()}; it cannot be set aside.")
    return _moved(row, S.SET_ASIDE, "inbound.set_aside", actor)


@transaction.atomic
def bring_back(transaction_id: int, *, actor: Actor) -> InboundTransaction:
    """Puts it back on the list; InboundRefusedError for one that is not set aside."""
    row = _locked(InboundTransaction, transaction_id, actor)
    if row.status != S.SET_ASIDE:
        raise InboundRefusedError(_NOT_ASIDE)
    return _moved(row, S.UNMATCHED, "inbound.brought_back", actor)


@transaction.atomic
def set_file_aside(inbound_id: int, *, actor: Actor) -> InboundFile:
    """Takes a file off what is to be looked at; it stays stored. InboundRefusedError for one that was read."""
    row = _locked(InboundFile, inbound_id, actor)
    if row.status != F.UNREADABLE:
        raise InboundRefusedError("Only a file that could not be read can be set aside.")
    return _moved(row, F.SET_ASIDE, "inbound.file_set_aside", actor)


@transaction.atomic
def bring_file_back(inbound_id: int, *, actor: Actor) -> InboundFile:
    """Puts the file back among those to be looked at; InboundRefusedError for one that is not set aside."""
    row = _locked(InboundFile, inbound_id, actor)
    if row.status != F.SET_ASIDE:
        raise InboundRefusedError(_NOT_ASIDE)
    return _moved(row, F.UNREADABLE, "inbound.file_brought_back", actor)


def _locked(model: type[_Row], pk: int, actor: Actor) -> _Row:
    actor.require("claims:edit", "remittances:edit")
    row = model._default_manager.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _moved(row: _Row, state: str, event: str, actor: Actor) -> _Row:
    states.transition(row, state, actor=actor)
    audit.record(event, actor=actor, row=row)
    return row
