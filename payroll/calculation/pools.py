"""What was collected and paid on a charge so far: earlier runs first, then this one, line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from payroll.calculation.facts import Earlier, Line
from practice.money import ZERO


@dataclass(slots=True)
class Pool:
    """One charge's money of one source: collected, counted for pay, paid; and what earlier runs paid of it."""

    basis: Decimal = ZERO
    counted: Decimal = ZERO
    pay: Decimal = ZERO
    earlier_pay: Decimal = ZERO
    rate: Decimal | None = None
    rule_id: int | None = None
    last_id: int | None = None
    run: str = ""

    @property
    def absorbed(self) -> Decimal:
        """Takebacks that cost the clinician nothing and that later payments make good first."""
        return max(self.counted - self.basis, ZERO)


@dataclass(slots=True)
class Pools:
    """All pools by charge and source, flat pay by charge, pay by session (for caps), postings paid before."""

    by_source: dict[tuple[int, str], Pool] = field(default_factory=lambda: defaultdict(Pool))
    by_charge: dict[int, Pool] = field(default_factory=lambda: defaultdict(Pool))
    by_session: dict[tuple[int, int], Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    postings: dict[int, tuple[Decimal, Decimal]] = field(default_factory=dict)

    @classmethod
    def of(cls, earlier: Iterable[Earlier]) -> Pools:
        """The state that earlier runs left."""
        pools = cls()
        for line in sorted(earlier, key=lambda one: one.id):
            pools._take_earlier(line)
        return pools

    def take(self, line: Line) -> None:
        """Counts a new line in."""
        if line.charge_id is None:
            return
        basis, counted = line.basis or ZERO, line.counted or ZERO
        for pool in (self.by_source[line.charge_id, line.source], self.by_charge[line.charge_id]):
            _add(pool, basis, counted, line.amount)
            if line.amount > ZERO:
                pool.rate, pool.rule_id = line.rate, line.rule_id
        if line.ledger_line_id is not None:
            self.postings[line.ledger_line_id] = counted, line.amount
        if line.session_id is not None and line.rule_id is not None:
            self.by_session[line.session_id, line.rule_id] += line.amount

    def _take_earlier(self, line: Earlier) -> None:
        if line.charge_id is None:
            return
        for pool in (self.by_source[line.charge_id, line.source], self.by_charge[line.charge_id]):
            _add(pool, line.basis, line.counted, line.amount)
            pool.earlier_pay += line.amount
            if line.amount > ZERO:
                pool.rate, pool.rule_id, pool.last_id, pool.run = line.rate, line.rule_id, line.id, line.run
        if line.ledger_line_id is not None:
            self.postings[line.ledger_line_id] = line.counted, line.amount
        if line.session_id is not None and line.rule_id is not None:
            self.by_session[line.session_id, line.rule_id] += line.amount


def _add(pool: Pool, basis: Decimal, counted: Decimal, pay: Decimal) -> None:
    pool.basis += basis
    pool.counted += counted
    pool.pay += pay
