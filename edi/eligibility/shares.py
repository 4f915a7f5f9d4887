"""What the client pays: copay, coinsurance, deductible, out-of-pocket maximum, and how many visits are covered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from edi.codes.eligibility import benefit_periods
from edi.eligibility.benefit import Benefit
from edi.eligibility.said import FIT, SERVICES, Said, first, said

COINSURANCE, COPAY, DEDUCTIBLE, OUT_OF_POCKET, LIMITATION, NOT_COVERED = "A", "B", "C", "G", "F", "I"
PER_VISIT: Final = "visit"
"""The kind of period a copay has to have; one for a year, a month or a stay is not one for a session."""

INDIVIDUAL, FAMILY, UNSTATED = "IND", "FAM", ""
VISITS: Final = "VS"
YEARS: Final = "21"
FLAGS: Final = {"Y": True, "N": False}

Figure = Said[Decimal]
Amounts = Iterator[tuple[str, Decimal]]


@dataclass(frozen=True, slots=True)
class Limit:
    """Dollars or visits of the year: how many, what is left of them, what was used; each None when unsaid."""

    total: Figure | None = None
    remaining: Figure | None = None
    used: Figure | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """The same limit for the client alone (IND), the family (FAM), and without saying for whom."""

    individual: Limit = field(default_factory=Limit)
    family: Limit = field(default_factory=Limit)
    unstated: Limit = field(default_factory=Limit)


@dataclass(frozen=True, slots=True)
class Shares:
    """What holds in a network; each None when the answer does not say it.

    `copay` in dollars and `coinsurance` as a fraction are of one and the same service type. `covered` and
    `needs_authorization` are about the service, not about the plan.
    """

    covered: Said[bool] | None = None
    copay: Figure | None = None
    coinsurance: Figure | None = None
    deductible: Limits = field(default_factory=Limits)
    out_of_pocket: Limits = field(default_factory=Limits)
    visits: Limit = field(default_factory=Limit)
    needs_authorization: Said[bool] | None = None


def shares(rows: Sequence[Benefit]) -> Shares:
    """The shares that rows of one network say."""
    copay, coinsurance = visit_cost(rows, FIT)
    return Shares(
        covered(rows, SERVICES),
        copay,
        coinsurance,
        _limits(rows, DEDUCTIBLE),
        _limits(rows, OUT_OF_POCKET),
        _limit(rows, _visits),
        said(rows, lambda row: FLAGS.get(row.authorization), SERVICES),
    )


def covered(rows: Sequence[Benefit], order: Sequence[str]) -> Said[bool] | None:
    """Whether a service is covered: EB01 active says yes, inactive and not covered say no."""
    return said(rows, _is_covered, order)


def visit_cost(rows: Sequence[Benefit], order: Sequence[str]) -> tuple[Figure | None, Figure | None]:
    """Copay and coinsurance of the best fitting service type that has either."""
    kept = [row for row in rows if row.information in {COPAY, COINSURANCE}]

    def of(service_type: str) -> tuple[Figure | None, Figure | None] | None:
        pair = said(kept, _copay, (service_type,)), said(kept, _coinsurance, (service_type,))
        return pair if any(pair) else None

    return (first(order, of) if kept else None) or (None, None)


def _is_covered(row: Benefit) -> bool | None:
    if row.information == NOT_COVERED:
        return False
    return {"active": True, "inactive": False}.get(row.effect)


def _copay(row: Benefit) -> Decimal | None:
    per_visit = not row.period or row.period_kind == PER_VISIT
    return row.amount if row.information == COPAY and per_visit else None


def _coinsurance(row: Benefit) -> Decimal | None:
    fits = row.information == COINSURANCE and row.share is not None and row.share <= 1
    return row.share if fits else None


def _limits(rows: Sequence[Benefit], information: str) -> Limits:
    """One limit for each level of coverage."""

    def of(level: str) -> Limit:
        return _limit([row for row in rows if row.coverage_level == level], lambda row: _money(row, information))

    return Limits(of(INDIVIDUAL), of(FAMILY), of(UNSTATED))


def _limit(rows: Sequence[Benefit], amounts: Callable[[Benefit], Amounts]) -> Limit:
    """Total, left and used, of the best fitting service type that has any of them."""
    kept = [row for row in rows if any(amounts(row))]

    def part(service_type: str, kind: str) -> Figure | None:
        return said(kept, lambda row: dict(amounts(row)).get(kind), (service_type,))

    def of(service_type: str) -> Limit | None:
        found = (part(service_type, "year"), part(service_type, "remaining"), part(service_type, "used"))
        return Limit(*found) if any(found) else None

    return (first(FIT, of) if kept else None) or Limit()


def _money(row: Benefit, information: str) -> Amounts:
    """The amount of a row by the kind of its period; one without a period is for the year."""
    if row.information == information and row.amount is not None:
        yield _kind(row.period), row.amount


def _visits(row: Benefit) -> Amounts:
    """The visits of a limit, from EB09 and EB10 or from its deliveries (HSD)."""
    if row.information != LIMITATION:
        return
    if row.quantity_qualifier == VISITS and row.quantity is not None:
        yield _kind(row.period), row.quantity
    for one in row.deliveries:
        if one.qualifier == VISITS and one.quantity is not None:
            yearly = one.period == YEARS and one.periods in {None, 1}
            yield "year" if yearly else _kind(one.period or row.period), one.quantity


def _kind(period: str) -> str:
    """The kind of a period; a missing one is the year."""
    known = benefit_periods().get(period)
    return known.kind if known else "" if period else "year"
