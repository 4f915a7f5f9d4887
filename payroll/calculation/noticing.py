"""What a calculation noticed, in sentences that name the person and the way out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from payroll.calculation.facts import Finding, Hours, Line, Manual, Service
from payroll.calculation.wages import HOURS_WORDS
from payroll.calculation.words import count, money
from practice.money import ZERO, total


@dataclass(slots=True)
class Gaps:
    """Events that cannot be paid because terms or rules are missing, by person."""

    without_terms: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    without_rules: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    without_rule: dict[tuple[int, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    without_rate: dict[tuple[int, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    without_payee: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def terms(self, clinician_id: int, service: Service | None) -> None:
        """An event on a day without terms of work."""
        self.without_terms[clinician_id].add(service.id if service else 0)

    def rules(self, service: Service) -> None:
        """A session on a day without any pay rules."""
        self.without_rules[service.clinician_id].add(service.id)

    def rule(self, service: Service) -> None:
        """A session that no rule of its version covers."""
        self.without_rule[service.clinician_id, service.code].add(service.id)

    def hours(self, entry: Hours) -> None:
        """Hours without a rate."""
        self.without_rate[entry.clinician_id, entry.kind].add(entry.id)

    def manual(self, entry: Manual) -> None:
        """A line by hand for somebody who is not paid here."""
        self.without_payee[entry.clinician_id].add(entry.id)

    def findings(self, names: Mapping[int, str]) -> list[Finding]:
        """Each gap as what stops the approval."""
        found = [
            _block("no_terms", who, names, "has work on days without terms of work. Add the terms to their file.", ids)
            for who, ids in self.without_terms.items()
        ]
        found += [
            _block("no_rules", who, names, f"has {count(len(ids), 'session')} and no pay rules on their days.", ids)
            for who, ids in self.without_rules.items()
        ]
        found += [
            _block("no_rule", who, names, f"has {count(len(ids), 'session')} of {code} that no pay rule covers.", ids)
            for (who, code), ids in self.without_rule.items()
        ]
        found += [
            _block("no_rate", who, names, f"has hours {HOURS_WORDS[kind]} and no hourly rate for them.", ids)
            for (who, kind), ids in self.without_rate.items()
        ]
        found += [
            _block("not_paid_here", who, names, "has a line by hand but is not paid on this schedule.", ids)
            for who, ids in self.without_payee.items()
        ]
        return found


def of_lines(lines: Sequence[Line], names: Mapping[int, str], unsigned: Collection[int]) -> list[Finding]:
    """Held sessions, unsigned ones that are paid, money taken back, totals below zero."""
    found: list[Finding] = []
    by_person: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_person[line.clinician_id].append(line)
    for who, own in by_person.items():
        found += filter(None, (_held(who, own, names), _flagged(who, own, names, unsigned)))
        found += filter(None, (_taken_back(who, own, names), _carried(who, own, names), _negative(who, own, names)))
    return found


def _held(who: int, lines: Iterable[Line], names: Mapping[int, str]) -> Finding | None:
    held = [line for line in lines if line.is_held]
    notes = {line.attendance_id for line in held}
    if not held:
        return None
    amount = total(line.amount for line in held)
    said = (
        f"{names[who]}: {money(amount)} held, {count(len(notes), 'unsigned note')}. Paid in the next run after signing."
    )
    return Finding(code="held", severity="info", words=said, clinician_id=who, count=len(notes), amount=amount)


def _flagged(who: int, lines: Iterable[Line], names: Mapping[int, str], unsigned: Collection[int]) -> Finding | None:
    paid = {
        line.attendance_id
        for line in lines
        if not line.is_held and line.amount > ZERO and line.kind in {"session", "add_on"}
    }
    notes = {number for number in paid if number in unsigned}
    if not notes:
        return None
    said = f"{names[who]}: {count(len(notes), 'session')} paid without a signed note."
    return Finding(code="unsigned", severity="warn", words=said, clinician_id=who, count=len(notes))


def _taken_back(who: int, lines: Iterable[Line], names: Mapping[int, str]) -> Finding | None:
    back = [line for line in lines if line.is_takeback and line.kind != "carried" and not line.is_held]
    if not back:
        return None
    amount = total(line.amount for line in back)
    said = f"{names[who]}: {money(amount)} for what was taken back after an earlier run."
    if not any(line.amount for line in back):
        lost = money(-total(line.basis or ZERO for line in back))
        said = f"{names[who]}: {lost} was taken back after an earlier run. The practice absorbs it; no pay is lowered."
    return Finding(code="taken_back", severity="info", words=said, clinician_id=who, count=len(back), amount=amount)


def _carried(who: int, lines: Iterable[Line], names: Mapping[int, str]) -> Finding | None:
    over = total(line.amount for line in lines if line.event_kind == "carried_out")
    if not over:
        return None
    said = f"{names[who]}: {money(-over)} could not be taken off this pay; it is carried to the next run."
    return Finding(code="carried", severity="info", words=said, clinician_id=who, count=1, amount=-over)


def _negative(who: int, lines: Iterable[Line], names: Mapping[int, str]) -> Finding | None:
    amount: Decimal = total(line.amount for line in lines if not line.is_held)
    if amount >= ZERO:
        return None
    said = f"{names[who]}: the total is {money(amount)}. Nobody is paid less than nothing; change the lines by hand."
    return Finding(code="negative", severity="block", words=said, clinician_id=who, count=1, amount=amount)


def _block(code: str, who: int, names: Mapping[int, str], said: str, ids: Collection[int]) -> Finding:
    return Finding(
        code=code, severity="block", words=f"{names.get(who, 'Somebody')} {said}", clinician_id=who, count=len(ids)
    )
