"""Money that settles a takeback by hand: put on the claims it was paid for, paid back by check, taken as a loss.

A payer that wrote a letter only withholds (005010X221A1 section 1.10.2.17): its payment names no claim, so a person
says which claim's money it was. The claim is then open with the payer again, and who was paid for it sees it go.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Sum
from django.http import Http404

from billing.claims import events
from billing.ledger import services as ledger
from billing.ledger.postings import ChargeFacts, Posting
from billing.ledger.services import Draft
from billing.models import (
    Account,
    Claim,
    ClaimEvent,
    ClaimLine,
    Entry,
    LedgerLine,
    Takeback,
    TakebackClaim,
    TakebackEvent,
)
from billing.money.spreading import oldest_first
from billing.remittances.standings import lock_charges
from billing.takebacks import recording
from billing.takebacks.errors import TakebackRefusedError
from billing.takebacks.recording import Told
from billing.takebacks.services import locked
from practice import audit, clock, states
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO, total
from practice.money import dollars as money

K: Final = TakebackEvent.Kind
_BY_HAND: Final = frozenset({K.PLACED, K.REFUND, K.LOSS})


@transaction.atomic
def place(takeback_id: int, *, claim_id: int, amount: Decimal, actor: Actor, practice: Practice) -> Takeback:
    """Puts what was taken, or is announced, on the claim it was paid for: that much is open with the payer again.

    TakebackRefusedError for more than waits for a claim, or than the payer paid on this one.
    """
    actor.require("remittances:edit")
    claim = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk=claim_id).first()
    if claim is None:
        raise Http404
    charges = lock_charges(_charge_ids(claim))
    row = locked(takeback_id)
    _refuse_beyond(amount, row.unplaced + row.announced_left, "waits for a claim")
    paid = paid_on(list(charges), claim)
    _refuse_beyond(amount, total(paid.values()), "was paid on this claim by its payer")
    parts = oldest_first(amount, paid.items())
    taken_in = _withheld_in(row)
    lines = [line for pk, part in parts.items() for line in _of_charge(charges[pk], part, claim, taken_in)]
    lines.append(Posting(Account.PAYER_BALANCE, -amount, payer_id=row.payer_id, reference=row.reference))
    told = Told(row.reference, K.PLACED, clock.today(practice), demand=amount, balance=amount, claim_id=claim.pk)
    told.touches = {claim.pk: TakebackClaim.How.HAND}
    _post(row, told, lines, actor=actor, practice=practice)
    _move(claim, actor, f"{row.payer_name} took {money(amount)} back ({row.reference})")
    return row


@transaction.atomic
def pay_back(
    takeback_id: int, *, amount: Decimal, on: dt.date, number: str, actor: Actor, practice: Practice
) -> Takeback:
    """Writes down money sent to the payer; TakebackRefusedError for more than it still wants, or a day to come."""
    actor.require("remittances:edit")
    row = locked(takeback_id)
    _refuse_beyond(amount, row.open_amount, "is open")
    if on > clock.today(practice):
        raise TakebackRefusedError("This day is in the future. A payment is written down when it is sent.", "on")
    about = Posting("", amount, payer_id=row.payer_id)
    lines = [
        replace(about, account=Account.PAYER_BALANCE, reference=row.reference),
        replace(about, account=Account.BANK, amount=-amount),
    ]
    told = Told(row.reference, K.REFUND, on, balance=-amount, words=number.strip(), written=number.strip()[:50])
    _post(row, told, lines, actor=actor, practice=practice)
    return row


@transaction.atomic
def take_loss(takeback_id: int, *, note: str, actor: Actor, practice: Practice) -> Takeback:
    """Closes what the payer took and no claim here explains: it costs the practice. Refused without a reason."""
    actor.require("remittances:edit")
    row = locked(takeback_id)
    if not row.unplaced:
        raise TakebackRefusedError("Nothing of this takeback is without an explanation.")
    if not note.strip():
        raise TakebackRefusedError("Say why no claim of yours explains it.", "note")
    about = Posting(Account.OTHER_INCOME, row.unplaced, payer_id=row.payer_id)
    back = replace(about, account=Account.PAYER_BALANCE, amount=-row.unplaced, reference=row.reference)
    today = clock.today(practice)
    told = Told(row.reference, K.LOSS, today, demand=row.unplaced, balance=row.unplaced, words=note.strip())
    _post(row, told, [about, back], actor=actor, practice=practice)
    return row


@transaction.atomic
def undo(event_id: int, *, actor: Actor, practice: Practice) -> Takeback:
    """Takes one of these back by the opposite entry; TakebackRefusedError for what only the payer can undo."""
    actor.require("remittances:edit")
    event = TakebackEvent.objects.filter(pk=event_id, kind__in=_BY_HAND, entry__isnull=False).first()
    if event is None or event.entry is None:
        raise Http404
    claim = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk=event.claim_id or 0).first()
    if claim is not None:
        lock_charges(_charge_ids(claim))
    row = locked(event.takeback_id)
    if Entry.objects.filter(reverses=event.entry).exists():
        raise TakebackRefusedError("This was undone already.")
    _refuse_gone(event, claim)
    entry = ledger.reverse(event.entry, practice=practice, actor=actor, memo="Undone")
    told = Told(row.reference, K.UNDONE, clock.today(practice), demand=-event.demand, balance=-event.balance)
    told.entry_id, told.claim_id, told.words = entry.pk, event.claim_id, event.get_kind_display()
    recording.record({row.key: row}, [told], actor=actor, today=clock.today(practice))
    audit.record("takeback.undone", actor=actor, row=row, after={"event": event.pk})
    if claim is not None:
        _move(claim, actor, "What was taken back is undone")
    return row


def paid_on(charge_ids: list[int], claim: Claim) -> dict[int, Decimal]:
    """What the claim's payer paid on each charge, net of what it took back, in dollars above zero."""
    rows = LedgerLine.objects.filter(charge__in=charge_ids, account=Account.PAYER_CLEARING, payer=claim.payer_id)
    sums = dict(rows.values_list("charge_id").annotate(sum=Sum("amount")))
    return {pk: sums[pk] for pk in charge_ids if sums.get(pk, ZERO) > ZERO}


def _charge_ids(claim: Claim) -> list[int]:
    return list(ClaimLine.objects.filter(claim=claim).order_by("position").values_list("charge_id", flat=True))


def _of_charge(facts: ChargeFacts, part: Decimal, claim: Claim, remittance_id: int | None) -> list[Posting]:
    """The charge is open with its payer again; its clearing and the payment's cancel each other out."""
    payer = claim.payer_id
    about = Posting(Account.INSURER_RECEIVABLE, part, facts.client_id, facts.charge_id, payer, facts.clinician_id)
    cleared = replace(about, account=Account.PAYER_CLEARING, amount=-part, remittance_id=remittance_id)
    against = Posting(Account.PAYER_CLEARING, part, payer_id=payer, remittance_id=remittance_id)
    later = claim.coverage_id if claim.follows_id else None
    return [replace(about, coverage_id=later), cleared, against]


def _withheld_in(row: Takeback) -> int | None:
    """The last payment that withheld something for it."""
    rows = TakebackEvent.objects.filter(takeback=row, kind=K.PAYMENT, balance__lt=0)
    return rows.order_by("-pk").values_list("remittance_id", flat=True).first()


def _post(row: Takeback, told: Told, lines: list[Posting], *, actor: Actor, practice: Practice) -> None:
    memo = f"{row.payer_name} {row.reference}"[:200]
    entry = ledger.post(Draft(Entry.Kind.TAKEBACK, lines, told.on, memo=memo), practice=practice, actor=actor)
    told.entry_id = entry.pk
    recording.record({row.key: row}, [told], actor=actor, today=clock.today(practice))
    audit.record(f"takeback.{told.kind}", actor=actor, row=row, after={"amount": str(abs(told.balance))})


def _refuse_beyond(amount: Decimal, most: Decimal, words: str) -> None:
    if amount <= ZERO:
        raise TakebackRefusedError("Enter an amount above $0.00.", "amount")
    if amount > most:
        raise TakebackRefusedError(f"{money(most)} {words}, not {money(amount)}.", "amount")


def _refuse_gone(event: TakebackEvent, claim: Claim | None) -> None:
    """What was put on a claim can be taken off it only while it is still open there."""
    if claim is None:
        return
    rows = LedgerLine.objects.filter(charge__in=_charge_ids(claim), account=Account.INSURER_RECEIVABLE)
    still = rows.aggregate(sum=Sum("amount", default=ZERO))["sum"]
    if still < event.balance:
        raise TakebackRefusedError(
            f"Of the {money(event.balance)} that went back to the claim, {money(max(still, ZERO))} is still open "
            "with the payer. Undo what was posted on it since."
        )


def _move(claim: Claim, actor: Actor, words: str) -> None:
    """The claim's state follows its money, and its story says why."""
    ids = _charge_ids(claim)
    rows = LedgerLine.objects.filter(charge__in=ids, account=Account.INSURER_RECEIVABLE)
    still: Decimal = rows.aggregate(sum=Sum("amount", default=ZERO))["sum"]
    paid = total(paid_on(ids, claim).values())
    state = Claim.Status.PAID if still <= ZERO else Claim.Status.PARTIALLY_PAID if paid else Claim.Status.ACCEPTED
    if claim.status != state and states.may_become(claim, state):
        states.transition(claim, state, actor=actor, reason=words)
    events.record([events.event(claim, ClaimEvent.Kind.NOTE, words, actor=actor)])
