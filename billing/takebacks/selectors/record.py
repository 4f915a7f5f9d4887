"""What the page of one takeback shows: its figures, its story, its claims, and what is still to come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from billing.claims.words import CHIPS as CLAIM_CHIPS
from billing.claims.words import Chip
from billing.models import Claim, Entry, ProviderAdjustment, Remittance, Takeback, TakebackClaim, TakebackEvent
from billing.remittances.words import name
from billing.takebacks.figures import Figures
from billing.takebacks.keys import candidates
from billing.takebacks.placing import paid_on
from billing.takebacks.policies import visible_takebacks
from billing.takebacks.recording import figures_of
from billing.takebacks.words import chip, title, tone
from practice.actors import Actor
from practice.money import ZERO, total

_WAITING: Final = (Remittance.Status.HELD, Remittance.Status.READY)
_BY_HAND: Final = frozenset({TakebackEvent.Kind.PLACED, TakebackEvent.Kind.REFUND, TakebackEvent.Kind.LOSS})
_QUARTER: Final = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Happening:
    """One step of the story: what it did to the payer's money here, and its key where it can be undone."""

    event: TakebackEvent
    title: str
    kind: str
    glyph: str
    change: Decimal
    undo_id: int | None


@dataclass(frozen=True, slots=True)
class Touched:
    """A claim it touches, with what its payer paid on it and could take back."""

    claim: Claim
    how: str
    chip: Chip
    paid: Decimal
    back: Decimal


@dataclass(frozen=True, slots=True)
class Coming:
    """A payment that has arrived and is not posted, and what it withholds of this one."""

    remittance: Remittance
    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TakebackPage:
    """One takeback with everything about it."""

    row: Takeback
    figures: Figures
    chip: Chip
    story: list[Happening]
    claims: list[Touched]
    coming: list[Coming]
    usual: Decimal | None

    @property
    def to_come(self) -> Decimal:
        """What no payment here takes yet."""
        return max(self.figures.open - total(one.amount for one in self.coming), ZERO)

    @property
    def to_place(self) -> Decimal:
        """What waits for the claim it was paid for."""
        return self.figures.unplaced + self.figures.announced_left


def takeback_page(actor: Actor, pk: int, today: dt.date) -> TakebackPage | None:
    """The page of one; None when it is not there. A fixed number of queries."""
    row = visible_takebacks(actor).select_related("payer").filter(pk=pk).first()
    if row is None:
        return None
    return TakebackPage(
        row,
        figures_of([row.pk])[row.pk],
        chip(row),
        _story(row),
        _claims(row),
        _coming(row),
        _usual(row, today),
    )


def _story(row: Takeback) -> list[Happening]:
    """Newest first."""
    rows = TakebackEvent.objects.filter(takeback=row).select_related("remittance", "claim__client")
    events = list(rows.order_by("-pk"))
    entries = [one.entry_id for one in events if one.entry_id]
    gone: set[int | None] = set()
    gone.update(Entry.objects.filter(reverses__in=entries).values_list("reverses_id", flat=True))
    return [_happening(one, gone) for one in events]


def _happening(event: TakebackEvent, gone: set[int | None]) -> Happening:
    kind, glyph = tone(event)
    may_undo = event.kind in _BY_HAND and event.entry_id not in gone
    return Happening(event, title(event), kind, glyph, event.balance, event.pk if may_undo else None)


def _claims(row: Takeback) -> list[Touched]:
    rows = TakebackClaim.objects.filter(takeback=row).select_related("claim__client", "claim__rendering")
    back: dict[int, Decimal] = {}
    for claim_id, demand in TakebackEvent.objects.filter(takeback=row, claim__isnull=False).values_list(
        "claim_id", "demand"
    ):
        back[claim_id or 0] = back.get(claim_id or 0, ZERO) + demand
    return [
        Touched(
            one.claim,
            one.get_how_display(),
            CLAIM_CHIPS[one.claim.status],
            _paid(one.claim),
            back.get(one.claim_id, ZERO),
        )
        for one in rows.order_by("pk")[:50]
    ]


def _paid(claim: Claim) -> Decimal:
    ids = list(claim.lines.order_by("position").values_list("charge_id", flat=True))
    return total(paid_on(ids, claim).values())


def _coming(row: Takeback) -> list[Coming]:
    """What has arrived from this payer, is not posted, and names the reference."""
    rows = ProviderAdjustment.objects.filter(remittance__payer=row.payer_id, remittance__status__in=_WAITING)
    sums: dict[int, tuple[Remittance, Decimal]] = {}
    for one in rows.select_related("remittance").order_by("remittance__paid_on", "pk"):
        if row.key in candidates(one.reference):
            before = sums.get(one.remittance_id, (one.remittance, ZERO))[1]
            sums[one.remittance_id] = (one.remittance, before + one.amount)
    return [Coming(remittance, name(remittance), amount) for remittance, amount in sums.values() if amount]


def _usual(row: Takeback, today: dt.date) -> Decimal | None:
    """What this payer paid in the last quarter, so that somebody can tell how soon the rest will be withheld."""
    rows = Remittance.objects.filter(payer=row.payer_id, status=Remittance.Status.POSTED, paid_on__gte=today - _QUARTER)
    amounts = list(rows.values_list("amount", flat=True))
    return total(amounts) if amounts else None
