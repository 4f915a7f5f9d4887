"""The biller posts each remittance and records its deposit; what the ledger holds afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from billing import footing
from billing.claims.selectors import claim as one_claim
from billing.claims.selectors import listing as claims
from billing.claims.selectors.money import Sums
from billing.remittances import services
from billing.remittances.selectors import listing
from desk.rehearsal import plan
from desk.rehearsal.building import Made
from desk.rehearsal.stages import Figure
from desk.rehearsal.waiting import RehearsalError
from desk.rehearsal.weeks import at
from practice import clock
from practice.money import ZERO, total


@dataclass(frozen=True, slots=True)
class Posted:
    """What the ledger holds for the claims once their remittances are posted, and once these are deposited."""

    clearing: Figure
    contractual: Figure
    shares: Figure
    insurers: Figure
    bank: Figure
    left_in_clearing: Figure
    apart: Figure


def post(made: Made) -> Posted:
    """Posts all that is ready, then writes down each deposit."""
    biller, practice = made.staff.biller, made.staff.owner.practice
    with at(made.staff.owner, _moment(made)):
        rows = _ready(made)
        for row in rows:
            posted = services.post(row.pk, actor=biller, practice=practice)
            if posted.held_for:
                raise RehearsalError(f"{posted} is held: {posted.held_for[0]['words']}")
        clearing = Figure(None, footing.account(biller, "payer_clearing")[1])
    with at(made.staff.owner, _moment(made)):
        for row in rows:
            services.record_deposit(row.pk, amount=row.amount, on=plan.BILLED_ON, actor=biller, practice=practice)
        return _posted(made, clearing)


def listed(made: Made, key: str) -> Figure:
    """The claims that the list of claims shows in one of its groups."""
    with at(made.staff.owner, _moment(made)):
        found = claims.claim_list(made.staff.biller, claims.Wanted(), plan.BILLED_ON).groups
    return next(Figure(group.count, group.total) for group in found if group.key == key)


def _ready(made: Made) -> list[Any]:
    found = listing.remittance_list(made.staff.biller, listing.Wanted())
    waiting = [row for row in found.rows if not row.may_post]
    if waiting:
        raise RehearsalError(f"{waiting[0].name} cannot be posted: {waiting[0].note}")
    return [row.remittance for row in found.rows]


def _posted(made: Made, clearing: Figure) -> Posted:
    biller = made.staff.biller
    return Posted(
        clearing,
        Figure(None, footing.account(biller, "contractual")[1]),
        Figure(None, footing.account(biller, "client_receivable", insured=True)[1]),
        Figure(None, footing.account(biller, "insurer_receivable")[1]),
        Figure(None, footing.account(biller, "bank")[1]),
        Figure(None, footing.account(biller, "payer_clearing")[1]),
        _apart(made),
    )


def _apart(made: Made) -> Figure:
    """The claims whose payment, contract and client's share do not make their charge, and by how much in all."""
    off = [abs(_difference(sums)) for sums in _sums(made)]
    return Figure(sum(amount != ZERO for amount in off), total(off))


def _difference(sums: Sums) -> Decimal:
    return sums.charged + sums.adjusted - sums.insurer_paid - sums.client_share


def _sums(made: Made) -> Iterator[Sums]:
    """The figures on the page of each claim."""
    biller, practice = made.staff.biller, made.staff.owner.practice
    number, more = 1, True
    while more:
        found = claims.claim_list(biller, claims.Wanted(page=str(number)), plan.BILLED_ON)
        for row in found.rows:
            shown = one_claim.claim_page(biller, row.claim.pk, practice)
            if shown is None:
                raise RehearsalError(f"The page of claim {row.claim} is gone.")
            yield shown.sums
        number, more = number + 1, found.page.has_next()


def _moment(made: Made) -> dt.datetime:
    return clock.instant(made.staff.owner.practice, plan.BILLED_ON, dt.time(15))
