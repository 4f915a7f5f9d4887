"""What a person does with a denial: says what became of it, plans the next look, or opens it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.http import Http404

from billing.models import ClaimLine, Denial, Entry
from billing.money import services as money_services
from billing.money.errors import MoneyRefusedError
from billing.money.services.charges import CLIENT, INSURER
from billing.money.spreading import oldest_first
from billing.remittances.aftermath import resolve_many
from billing.remittances.errors import RemittanceRefusedError
from billing.remittances.treatments import NOT_THE_CLIENTS
from billing.remittances.words import money
from billing.secondary.owing import open_with
from practice import audit, clock, states
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO, total

_LONGEST: Final = 300
_BY_PERSON: Final = frozenset(
    {Denial.Resolution.RESENT, Denial.Resolution.APPEALED, Denial.Resolution.WRITTEN_OFF, Denial.Resolution.TO_CLIENT}
)
POSTED: Final = frozenset({Denial.Resolution.WRITTEN_OFF, Denial.Resolution.TO_CLIENT})
"""What closing a denial posts."""
_CONTRACT: Final = (
    "The payer refused this under the contract (CO) or by itself (PI), so the client may not be asked for it. "
    "Where that is wrong, move the amount on the client's account."
)


@dataclass(frozen=True, slots=True)
class Closed:
    """A denial that was closed, and what that posted."""

    denial: Denial
    entries: list[Entry]


@transaction.atomic
def resolve(denial_id: int, *, resolution: str, note: str, actor: Actor) -> Denial:
    """Says what became of a denial. Written off, or moved to the client, what is still open is posted so.

    RemittanceRefusedError when it is closed already, for what only the payer can say, or when nothing is open any
    more; MoneyRefusedError as the services of client money raise it.
    """
    return close(denial_id, resolution=resolution, note=note, actor=actor).denial


@transaction.atomic
def close(denial_id: int, *, resolution: str, note: str, actor: Actor) -> Closed:
    """The same, with the entries that were posted."""
    actor.require("remittances:edit")
    row = _locked(denial_id)
    if row.status == Denial.Status.RESOLVED:
        raise RemittanceRefusedError("This denial is closed already.")
    if resolution not in _BY_PERSON:
        raise RemittanceRefusedError("Say what became of it: resent, appealed, written off, or moved to the client.")
    note = note.strip()[:_LONGEST]
    entries = _post(row, resolution, note, actor) if resolution in POSTED else []
    resolve_many([row], resolution, note, actor=actor)
    _told("denial.resolved", row, actor, {"resolution": resolution, "note": note})
    return Closed(row, entries)


@transaction.atomic
def take_back(*, denial_ids: Sequence[int], entry_ids: Sequence[int], actor: Actor) -> list[Denial]:
    """Undoes what closing denials had posted, and opens them again.

    MoneyRefusedError where an entry was undone before or something rests on it.
    """
    actor.require("remittances:edit")
    for entry_id in entry_ids:
        money_services.undo_entry(actor=actor, entry_id=entry_id, reason="Undone")
    return [reopen(pk, actor=actor) for pk in denial_ids]


@transaction.atomic
def follow_up(denial_id: int, *, on: dt.date, note: str, actor: Actor, practice: Practice) -> Denial:
    """Waits for the payer until a day; RemittanceRefusedError for a day that has passed or a closed denial."""
    actor.require("remittances:edit")
    row = _locked(denial_id)
    if row.status == Denial.Status.RESOLVED:
        raise RemittanceRefusedError("This denial is closed. Open it again first.")
    if on < clock.today(practice):
        raise RemittanceRefusedError("This day has passed. Choose the day to look at it again.")
    row.follow_up_on, row.note = on, note.strip()[:_LONGEST]
    row.save(update_fields=["follow_up_on", "note"])
    if row.status != Denial.Status.WAITING:
        states.transition(row, Denial.Status.WAITING, actor=actor, reason=row.note)
    _told("denial.follow_up", row, actor, {"on": str(on), "note": row.note})
    return row


@transaction.atomic
def reopen(denial_id: int, *, actor: Actor) -> Denial:
    """Puts a closed denial back to work; RemittanceRefusedError when insurers owe nothing on its claim any more."""
    actor.require("remittances:edit")
    row = _locked(denial_id)
    if row.status == Denial.Status.OPEN:
        raise RemittanceRefusedError("This denial is open already.")
    if not _open_charges(row):
        raise RemittanceRefusedError("Nothing is open with the payer any more. Undo the write-off or the move first.")
    row.resolution, row.follow_up_on = "", None
    row.save(update_fields=["resolution", "follow_up_on"])
    states.transition(row, Denial.Status.OPEN, actor=actor, reason="Opened again")
    _told("denial.reopened", row, actor, {})
    return row


def _post(row: Denial, resolution: str, note: str, actor: Actor) -> list[Entry]:
    """Posts the denial's amount, or what of it is still open, charge by charge."""
    if resolution == Denial.Resolution.TO_CLIENT and any(one.get("group") in NOT_THE_CLIENTS for one in row.reasons):
        raise RemittanceRefusedError(_CONTRACT)
    parts = oldest_first(row.amount, _open_charges(row).items())
    if not total(parts.values()):
        raise RemittanceRefusedError(f"None of the {money(row.amount)} is open with the payer any more.")
    reason = note or "Denied"
    return [
        _post_part(row, charge_id, part, resolution, actor=actor, reason=reason) for charge_id, part in parts.items()
    ]


def _post_part(row: Denial, charge_id: int, part: Decimal, resolution: str, *, actor: Actor, reason: str) -> Entry:
    later = row.claim.coverage_id if row.claim.follows_id else None
    if resolution == Denial.Resolution.WRITTEN_OFF:
        return money_services.write_off(
            actor=actor, charge_id=charge_id, amount=part, reason=reason, owed_by=INSURER, coverage_id=later
        )
    return money_services.move(
        actor=actor, charge_id=charge_id, amount=part, to=CLIENT, reason=reason, coverage_id=later
    )


def _open_charges(row: Denial) -> dict[int, Decimal]:
    """What the claim's payer owes on its charges, in the order of its lines."""
    ids = list(ClaimLine.objects.filter(claim=row.claim_id).order_by("position").values_list("charge_id", flat=True))
    return {pk: amount for pk, amount in open_with(row.claim, ids).items() if amount > ZERO}


def _locked(denial_id: int) -> Denial:
    row = (
        Denial.objects.select_for_update(no_key=True, of=("self",)).filter(pk=denial_id).select_related("claim").first()
    )
    if row is None:
        raise Http404
    return row


def _told(action: str, row: Denial, actor: Actor, after: dict[str, str]) -> None:
    audit.record(action, actor=actor, row=row, client_id=row.claim.client_id, after=after)


__all__ = ["MoneyRefusedError", "close", "follow_up", "reopen", "resolve", "take_back"]
