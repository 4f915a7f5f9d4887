"""What the page of one remittance shows around its claims: does it balance, why it waits, what was posted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q, QuerySet, Sum

from billing.claims.words import Chip
from billing.models import Account, Entry, LedgerLine, ProviderAdjustment, Remittance
from billing.remittances import explaining
from billing.remittances.chips import CHIPS
from billing.remittances.explaining import ProviderReason
from billing.remittances.policies import visible_remittances
from billing.remittances.selectors.claims import Listed
from billing.remittances.selectors.listing import payer_of
from practice.actors import Actor
from practice.models import StateChange
from practice.money import ZERO, total

S = Remittance.Status
_NOT_THERE: Final = (S.DUPLICATE, S.SET_ASIDE)
_TITLES: Final = {
    "lines": "A line has no session, so nothing is posted yet",
    "unbalanced": "It does not add up, so nothing is posted",
    "doubtful": "Something in it could not be read, so nothing is posted yet",
    "fractions": "An amount has a part of a cent, so nothing is posted",
    "payee": "Its payee is not you, so nothing is posted yet",
    "same_trace": "Another remittance has the same number, so nothing is posted yet",
    "set_aside_before": "It was set aside before, so nothing is posted yet",
    "reversal": "What it takes back is not posted here, so nothing is posted yet",
    "taken_back": "Its posting was taken back, so nothing of it is in the books",
    "estimate": "It pays an estimate, so nothing is posted yet",
}
_ACTS: Final = {
    "unmatched": "Say what each is, and it is ready.",
    "lines": "Say which line it is, and it is ready.",
    "reversal": "Post the remittance with the first answer before it, or set this one aside.",
}
_LET_GO: Final = "Look at it and let it go, or set the remittance aside."
_PUT_RIGHT: Final = "Ask the payer for a corrected one, or set this one aside."
_METHODS: Final = {
    "ACH": "EFT",
    "CHK": "Check",
    "FWT": "Wire transfer",
    "BOP": "Payer’s own transfer",
    "NON": "No payment",
}


@dataclass(frozen=True, slots=True)
class Balance:
    """The equation: `paid` less `back` less `provider` is `payment`."""

    paid: Decimal
    back: Decimal
    back_count: int
    provider: Decimal
    payment: Decimal
    holds: list[str]

    @property
    def added(self) -> Decimal:
        """What provider-level adjustments raised the payment by."""
        return -self.provider

    @property
    def missing(self) -> Decimal:
        """What the payment is less than its parts."""
        return max(self.paid - self.back - self.provider - self.payment, ZERO)

    @property
    def surplus(self) -> Decimal:
        """What the payment is more than its parts."""
        return max(self.payment - (self.paid - self.back - self.provider), ZERO)


@dataclass(frozen=True, slots=True)
class Provided:
    """A provider-level adjustment, and how far its reference is settled in the ledger."""

    reason: ProviderReason
    settled: str


@dataclass(frozen=True, slots=True)
class Posted:
    """What an account was given by this remittance."""

    account: str
    debit: Decimal | None
    credit: Decimal | None


@dataclass(frozen=True, slots=True)
class Deposit:
    """The bank's side: what waits, or when it was written down and by whom."""

    waits: Decimal
    on: dt.date | None = None
    amount: Decimal = ZERO
    by: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a person let go."""

    words: str
    by: str
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Facts:
    """A remittance without its claims."""

    row: Remittance
    name: str
    number: str
    chip: Chip
    provided: list[Provided]
    posted: list[Posted]
    deposit: Deposit
    accepted: list[Accepted]
    twins: list[Remittance]
    set_aside: StateChange | None
    ready: int

    @property
    def provider_total(self) -> Decimal:
        """Above zero it lowers the payment."""
        return total(one.reason.row.amount for one in self.provided)

    @property
    def debits(self) -> Decimal:
        """Of all accounts."""
        return total(line.debit for line in self.posted if line.debit)

    @property
    def credits(self) -> Decimal:
        """Of all accounts; the same as the debits."""
        return total(line.credit for line in self.posted if line.credit)

    @property
    def why(self) -> str:
        """Why it cannot be posted, in a few words."""
        codes = [one["code"] for one in self.row.held_for]
        if not codes:
            return "Held, so nothing is posted yet"
        return _TITLES.get(codes[0], "The payer adjusted the payment, so nothing is posted yet")

    @property
    def what_now(self) -> str:
        """What a person can do about the first reason."""
        first = self.row.held_for[0] if self.row.held_for else {"code": "", "may_accept": False}
        if first["code"] in _ACTS:
            return _ACTS[first["code"]]
        return _LET_GO if first["may_accept"] else _PUT_RIGHT

    @property
    def is_open(self) -> bool:
        """Whether its matches can still change."""
        return self.row.status in {S.READY, S.HELD}


def one(actor: Actor, pk: int) -> Remittance | None:
    """The remittance with the file it came in; None when it is not there."""
    rows = visible_remittances(actor).select_related("payer", "transaction__inbound__connection")
    return rows.filter(pk=pk).first()


def facts(actor: Actor, row: Remittance) -> Facts:
    """Everything around the claims, in a fixed number of queries."""
    provided = list(ProviderAdjustment.objects.filter(remittance=row).order_by("position"))
    lines = _lines(row)
    return Facts(
        row,
        payer_of(row),
        f"{_METHODS.get(row.method, row.method)} {row.trace}".strip(),
        CHIPS[row.status],
        _provided(row, provided),
        _posted(lines),
        _deposit(row, lines),
        [_accepted(told) for told in row.accepted],
        _twins(row),
        _aside(row),
        visible_remittances(actor).filter(status=S.READY).exclude(pk=row.pk).count(),
    )


def balance_of(found: Facts, claims: Listed) -> Balance:
    """The equation of the payment."""
    wrong = [one["words"] for one in found.row.held_for if one["code"] == "unbalanced"]
    return Balance(claims.paid, claims.taken_back, claims.reversals, found.provider_total, found.row.amount, wrong)


def unmatched_title(count: int) -> str:
    """Why a remittance with claims that match none is not posted."""
    return f"{'One claim has' if count == 1 else f'{count} claims have'} no match, so nothing is posted yet"


def _provided(row: Remittance, provided: Sequence[ProviderAdjustment]) -> list[Provided]:
    references = [one.reference for one in provided if one.reference]
    of_payer = LedgerLine.objects.filter(account=Account.PAYER_BALANCE, payer=row.payer_id, reference__in=references)
    sums = of_payer.values("reference").annotate(
        theirs=Sum("amount", filter=Q(amount__lt=0), default=ZERO),
        ours=Sum("amount", filter=Q(amount__gt=0), default=ZERO),
    )
    settled = {one["reference"]: explaining.settled(-one["theirs"], one["ours"]) for one in sums}
    return [Provided(explaining.provider(one), settled.get(one.reference, "")) for one in provided]


def _lines(row: Remittance) -> list[dict[str, Any]]:
    """What this remittance put on each account, from the ledger."""
    if row.status != S.POSTED:
        return []
    of_claims = Q(entry__remittance_claim__remittance=row, remittance__isnull=True)
    lines = LedgerLine.objects.filter(Q(remittance=row) | of_claims)
    sums = lines.values("account", "entry__kind").annotate(
        debit=Sum("amount", filter=Q(amount__gt=0), default=ZERO),
        credit=Sum("amount", filter=Q(amount__lt=0), default=ZERO),
    )
    return [dict(one) for one in sums.order_by("account")]


def _posted(lines: Sequence[dict[str, Any]]) -> list[Posted]:
    found: dict[str, Decimal] = {}
    for line in lines:
        if line["entry__kind"] != Entry.Kind.DEPOSIT:
            found[line["account"]] = found.get(line["account"], ZERO) + line["debit"] + line["credit"]
    order = list(Account.values)
    return [
        Posted(Account(account).label, amount if amount > 0 else None, -amount if amount < 0 else None)
        for account, amount in sorted(found.items(), key=lambda pair: order.index(pair[0]))
        if amount
    ]


def _deposit(row: Remittance, lines: Sequence[dict[str, Any]]) -> Deposit:
    clearing = [one["debit"] + one["credit"] for one in lines if one["account"] == Account.PAYER_CLEARING]
    waits = total(clearing)
    if row.status != S.POSTED or waits:
        return Deposit(waits)
    rows = LedgerLine.objects.filter(remittance=row, account=Account.BANK, entry__kind=Entry.Kind.DEPOSIT)
    line = rows.select_related("entry").first()
    return Deposit(ZERO, line.effective_on, line.amount, line.entry.made_by_name) if line else Deposit(ZERO)


def _accepted(told: dict[str, str]) -> Accepted:
    moment = dt.datetime.fromisoformat(told["at"]) if told.get("at") else None
    return Accepted(told.get("words", ""), told.get("by", ""), moment)


def _twins(row: Remittance) -> list[Remittance]:
    """The same remittance as it came first, or others under the same number."""
    if row.status == S.DUPLICATE:
        same = _others(row).filter(content_hash=row.content_hash).exclude(status__in=_NOT_THERE)
        return list(same.order_by("pk")[:1])
    if not {one["code"] for one in row.held_for} & {"same_trace", "set_aside_before"}:
        return []
    from_payer = Q(originator=row.originator, payee_npi=row.payee_npi)
    if row.payer_id is not None:
        from_payer |= Q(payer=row.payer_id)
    others = _others(row).filter(from_payer, trace=row.trace)
    return list(others.exclude(status=S.DUPLICATE).order_by("pk")[:5])


def _others(row: Remittance) -> QuerySet[Remittance]:
    """Every other remittance of the practice."""
    return Remittance.objects.exclude(pk=row.pk)


def _aside(row: Remittance) -> StateChange | None:
    if row.status != S.SET_ASIDE:
        return None
    rows = StateChange.objects.filter(kind=Remittance._meta.label_lower, object_id=row.pk, after=S.SET_ASIDE)
    return rows.order_by("-at").first()
