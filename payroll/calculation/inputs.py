"""All that one run is figured from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from payroll.calculation.facts import Earlier, Hours, Manual, Posting, Rule, Service, Terms
from payroll.calculation.overtime import Worked


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """Somebody who may be paid: the name, and all terms of work, owners' too (those have no tax class)."""

    clinician_id: int
    name: str
    terms: tuple[Terms, ...] = ()

    def on(self, day: dt.date) -> Terms | None:
        """The terms of a day."""
        return next((one for one in self.terms if one.covers(day)), None)

    def latest(self, day: dt.date) -> Terms | None:
        """The terms of a day, or the last ones before it."""
        before = [one for one in self.terms if one.starts_on <= day]
        return self.on(day) or max(before, key=lambda one: one.starts_on, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Events that no other run has paid, with what other runs paid on the same charges.

    `tax_classes` are those the schedule pays. `unsigned` are attendances without the note they need by the cutoff.
    `undone` are charges taken back after a run paid them; `kept` all kept sessions of people who have a bonus.
    """

    key: str
    starts_on: dt.date
    ends_on: dt.date
    payees: Mapping[int, Payee]
    tax_classes: frozenset[str] = frozenset({"w2", "1099"})
    is_regular: bool = True
    number: int = 1
    periods_a_year: int = 24
    workweek_starts: int = 6
    postings: Sequence[Posting] = ()
    services: Sequence[Service] = ()
    undone: Sequence[tuple[Service, Sequence[Earlier]]] = ()
    kept: Mapping[int, Sequence[Service]] = field(default_factory=dict)
    hours: Sequence[Hours] = ()
    manual: Sequence[Manual] = ()
    earlier: Sequence[Earlier] = ()
    bonuses: Mapping[int, Sequence[Earlier]] = field(default_factory=dict)
    carried: Sequence[Earlier] = ()
    unsigned: Collection[int] = frozenset()
    worked: Sequence[Worked] = ()

    def rules_by_id(self) -> dict[int, Rule]:
        """Every rule of everybody."""
        sets = (one for payee in self.payees.values() for terms in payee.terms for one in terms.rule_sets)
        return {rule.id: rule for one in sets for rule in one.rules}
