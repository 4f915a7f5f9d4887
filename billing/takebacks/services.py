"""What people do with takebacks: write down a letter, dispute, wait, and end a dispute."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.http import Http404

from billing.models import Claim, Takeback, TakebackClaim, TakebackEvent
from billing.takebacks import recording
from billing.takebacks.errors import TakebackRefusedError
from billing.takebacks.feeding import claims_named
from billing.takebacks.keys import candidates, key_of
from billing.takebacks.recording import Payer, Told
from practice import audit, clock, states
from practice.actors import Actor
from practice.models import Practice, PracticePayer
from practice.money import LARGEST, ZERO

K: Final = TakebackEvent.Kind
_LONGEST: Final = 300


@transaction.atomic
def announce(
    *,
    payer_id: int,
    reference: str,
    amount: Decimal,
    on: dt.date,
    note: str,
    actor: Actor,
    practice: Practice,
    claim_id: int | None = None,
) -> Takeback:
    """Writes down a letter that asks for money back, before or after any payment says so.

    A second letter under the same reference goes to the same record, and its amount holds from then on. Nothing is
    posted. TakebackRefusedError without a reference, an amount above zero, or for a day to come.
    """
    actor.require("remittances:edit")
    payer = PracticePayer.objects.filter(pk=payer_id).first()
    if payer is None:
        raise Http404
    _refuse_letter(reference, amount, on, clock.today(practice))
    told = Told(reference.strip()[:50], K.LETTER, on, announced=amount, words=note.strip(), written=reference.strip())
    told.touches = _touched(reference, claim_id)
    rows = recording.ensure(Payer(payer.pk, payer.name), [told], actor=actor)
    recording.record(rows, [told], actor=actor, today=clock.today(practice))
    row = rows[key_of(told.reference)]
    _told("takeback.announced", row, actor, amount=str(amount), on=str(on))
    return row


@transaction.atomic
def dispute(takeback_id: int, *, on: dt.date, note: str, actor: Actor, practice: Practice) -> Takeback:
    """Says that the payer is wrong, and when to look again; TakebackRefusedError without a reason."""
    row = _changing(takeback_id, actor)
    if row.status == Takeback.Status.DISPUTED:
        raise TakebackRefusedError("This takeback is disputed already.")
    if not note.strip():
        raise TakebackRefusedError("Say why the payer is wrong.", "note")
    _follow_up(row, on, note, practice)
    states.transition(row, Takeback.Status.DISPUTED, actor=actor, reason=row.note)
    _say(row, K.DISPUTED, row.note, actor, practice)
    _told("takeback.disputed", row, actor, on=str(on), note=row.note)
    return row


@transaction.atomic
def agree(takeback_id: int, *, note: str, actor: Actor, practice: Practice) -> Takeback:
    """Ends a dispute, however it came out; the record stands again as its money does."""
    row = _changing(takeback_id, actor)
    if row.status != Takeback.Status.DISPUTED:
        raise TakebackRefusedError("This takeback is not disputed.")
    figures = recording.figures_of([row.pk])[row.pk]
    states.transition(row, figures.state, actor=actor, reason=note.strip()[:_LONGEST])
    row.follow_up_on, row.note = None, note.strip()[:_LONGEST]
    row.save(update_fields=["follow_up_on", "note"])
    _say(row, K.AGREED, row.note, actor, practice)
    _told("takeback.agreed", row, actor, note=row.note)
    return row


@transaction.atomic
def follow_up(takeback_id: int, *, on: dt.date, note: str, actor: Actor, practice: Practice) -> Takeback:
    """Plans the next look; TakebackRefusedError for a day that has passed or a settled takeback."""
    row = _changing(takeback_id, actor)
    if row.status == Takeback.Status.SETTLED:
        raise TakebackRefusedError("This takeback is settled. Nothing has to be looked at again.")
    _follow_up(row, on, note, practice)
    if row.note:
        _say(row, K.NOTE, row.note, actor, practice)
    _told("takeback.follow_up", row, actor, on=str(on), note=row.note)
    return row


@transaction.atomic
def touch(takeback_id: int, *, claim_id: int, actor: Actor) -> Takeback:
    """Says that the takeback is about a claim; Http404 for one that is not there."""
    row = _changing(takeback_id, actor)
    claim = Claim.objects.filter(pk=claim_id).first()
    if claim is None:
        raise Http404
    TakebackClaim.objects.get_or_create(takeback=row, claim=claim, defaults={"how": TakebackClaim.How.HAND})
    audit.record("takeback.touches", actor=actor, row=row, client_id=claim.client_id, after={"claim": claim.pk})
    return row


def locked(takeback_id: int) -> Takeback:
    """The record, locked until the transaction ends; Http404 when there is none."""
    row = Takeback.objects.select_for_update(no_key=True, of=("self",)).filter(pk=takeback_id).first()
    if row is None:
        raise Http404
    return row


def _changing(takeback_id: int, actor: Actor) -> Takeback:
    actor.require("remittances:edit")
    return locked(takeback_id)


def _refuse_letter(reference: str, amount: Decimal, on: dt.date, today: dt.date) -> None:
    if not reference.strip():
        raise TakebackRefusedError("Enter the reference of the letter: it comes back with the money.", "reference")
    if not ZERO < amount <= LARGEST:
        raise TakebackRefusedError("Enter an amount above $0.00.", "amount")
    if on > today:
        raise TakebackRefusedError("This day is in the future. Enter the date of the letter.", "on")


def _touched(reference: str, claim_id: int | None) -> dict[int, str]:
    found: dict[int, str] = {pk: TakebackClaim.How.REFERENCE for _, pk in claims_named(candidates(reference))}
    if claim_id is not None:
        if not Claim.objects.filter(pk=claim_id).exists():
            raise Http404
        found[claim_id] = TakebackClaim.How.HAND
    return found


def _follow_up(row: Takeback, on: dt.date, note: str, practice: Practice) -> None:
    if on < clock.today(practice):
        raise TakebackRefusedError("This day has passed. Choose the day to look at it again.", "on")
    row.follow_up_on, row.note = on, note.strip()[:_LONGEST]
    row.save(update_fields=["follow_up_on", "note"])


def _say(row: Takeback, kind: str, words: str, actor: Actor, practice: Practice) -> None:
    """Adds a line to the record's story that moves no money."""
    today = clock.today(practice)
    recording.record({row.key: row}, [Told(row.reference, kind, today, words=words)], actor=actor, today=today)


def _told(action: str, row: Takeback, actor: Actor, **after: str) -> None:
    audit.record(action, actor=actor, row=row, after=dict(after))
