"""Writes events of takebacks, makes the records they need, and keeps the figures on the records true."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.db.models import QuerySet

from billing.models import Account, LedgerLine, Takeback, TakebackClaim, TakebackEvent
from billing.takebacks.figures import Figures, Happened, fold
from billing.takebacks.keys import key_of
from practice import clock, states
from practice.actors import Actor
from practice.money import ZERO

_FIGURES: Final = ("demanded", "open_amount", "announced_left", "unplaced", "settled_on")


@dataclass(frozen=True, slots=True)
class Payer:
    """Who wants the money: the payer in use where that is known, and the name to show."""

    payer_id: int | None
    name: str


@dataclass(slots=True)
class Told:
    """An event before it is written, and the claims it touches by how that is known."""

    reference: str
    kind: str
    on: dt.date
    demand: Decimal = ZERO
    balance: Decimal = ZERO
    announced: Decimal | None = None
    reason: str = ""
    words: str = ""
    written: str = ""
    remittance_id: int | None = None
    remittance_claim_id: int | None = None
    claim_id: int | None = None
    entry_id: int | None = None
    touches: dict[int, str] = field(default_factory=dict)


def ensure(payer: Payer, told: Sequence[Told], *, actor: Actor) -> dict[str, Takeback]:
    """The records of the references, by key, locked in their order; those that are new are made."""
    first = {key_of(one.reference): one for one in reversed(told)}
    known = set(_rows(payer, first).values_list("key", flat=True))
    made = [_new(payer, one) for key, one in first.items() if key not in known]
    Takeback.objects.bulk_create(made, ignore_conflicts=True)
    rows = {row.key: row for row in _rows(payer, first).select_for_update(no_key=True, of=("self",)).order_by("pk")}
    fresh = [row for key, row in rows.items() if key not in known]
    states.record_first(fresh, actor=actor)
    _adopt(fresh, {one.entry_id for one in told}, actor)
    return rows


def record(rows: dict[str, Takeback], told: Iterable[Told], *, actor: Actor, today: dt.date) -> None:
    """Writes the events, notes the claims they touch, and brings figures and states up to date."""
    pairs = [(rows[key_of(one.reference)], one) for one in told]
    TakebackEvent.objects.bulk_create([_event(row, one, actor) for row, one in pairs], batch_size=500)
    touched = [
        TakebackClaim(takeback=row, claim_id=claim_id, how=how)
        for row, one in pairs
        for claim_id, how in one.touches.items()
    ]
    TakebackClaim.objects.bulk_create(touched, batch_size=500, ignore_conflicts=True)
    refresh([row for row, _ in pairs], actor=actor, today=today)


def refresh(rows: Iterable[Takeback], *, actor: Actor, today: dt.date) -> None:
    """Folds the events of locked records anew; a disputed one stays so until a person says otherwise."""
    by_id = {row.pk: row for row in rows}
    by_state: dict[str, list[Takeback]] = defaultdict(list)
    for pk, figures in figures_of(by_id).items():
        row = by_id[pk]
        if row.status not in {figures.state, Takeback.Status.DISPUTED}:
            by_state[figures.state].append(row)
        _set(row, figures, today)
    Takeback.objects.bulk_update(list(by_id.values()), _FIGURES, batch_size=500)
    for state, moved in by_state.items():
        states.transition_many(moved, state, actor=actor)


def figures_of(ids: Collection[int]) -> dict[int, Figures]:
    """The figures of records from their events; one statement."""
    found: dict[int, list[Happened]] = {pk: [] for pk in ids}
    columns = ("takeback_id", "kind", "demand", "balance", "announced", "remittance_id", "entry_id")
    for row in TakebackEvent.objects.filter(takeback__in=list(ids)).order_by("pk").values_list(*columns):
        found[row[0]].append(Happened(*row[1:]))
    return {pk: fold(events) for pk, events in found.items()}


def _rows(payer: Payer, keys: Iterable[str]) -> QuerySet[Takeback]:
    return Takeback.objects.filter(payer=payer.payer_id, key__in=list(keys))


def _new(payer: Payer, first: Told) -> Takeback:
    notices = {TakebackEvent.Kind.LETTER: Takeback.Notice.LETTER, TakebackEvent.Kind.REVERSAL: Takeback.Notice.REVERSAL}
    return Takeback(
        payer_id=payer.payer_id,
        payer_name=payer.name[:120],
        reference=first.reference,
        key=key_of(first.reference),
        notice=notices.get(TakebackEvent.Kind(first.kind), Takeback.Notice.PAYMENT),
        noticed_on=first.on,
        made_at=clock.now(),
    )


def _adopt(fresh: Sequence[Takeback], own: Collection[int | None], actor: Actor) -> None:
    """What the ledger held under the references of new records before; `own` are the entries told just now."""
    if not fresh:
        return
    by_reference = {(row.payer_id, row.reference): row for row in fresh}
    lines = LedgerLine.objects.filter(account=Account.PAYER_BALANCE, reference__in=[row.reference for row in fresh])
    lines = lines.exclude(entry__in=[one for one in own if one]).order_by("pk")
    pairs = [(by_reference.get((line.payer_id, line.reference)), line) for line in lines]
    TakebackEvent.objects.bulk_create(
        [_event(row, _before(row, line), actor) for row, line in pairs if row is not None], batch_size=500
    )


def _before(row: Takeback, line: LedgerLine) -> Told:
    return Told(
        row.reference,
        TakebackEvent.Kind.PAYMENT,
        line.effective_on,
        balance=-line.amount,
        written=line.reference,
        remittance_id=line.remittance_id,
        entry_id=line.entry_id,
    )


def _event(row: Takeback, one: Told, actor: Actor) -> TakebackEvent:
    return TakebackEvent(
        takeback=row,
        kind=one.kind,
        reason=one.reason,
        demand=one.demand,
        balance=one.balance,
        announced=one.announced,
        remittance_id=one.remittance_id,
        remittance_claim_id=one.remittance_claim_id,
        claim_id=one.claim_id,
        entry_id=one.entry_id,
        reference=one.written,
        words=one.words[:300],
        happened_on=one.on,
        at=clock.now(),
        by_id=actor.user_id,
        by_name=actor.name,
    )


def _set(row: Takeback, figures: Figures, today: dt.date) -> None:
    row.demanded, row.open_amount = figures.demanded, figures.open
    row.announced_left, row.unplaced = figures.announced_left, figures.unplaced
    is_over = figures.state == Takeback.Status.SETTLED
    row.settled_on = (row.settled_on or today) if is_over else None
