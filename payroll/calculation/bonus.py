"""A fixed amount for each kept session above a number in a calendar month or a pay period."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from payroll.calculation.facts import Earlier, Line, Rule, RuleSet, Service, Terms
from payroll.calculation.words import money, ordinal, short
from practice.money import ZERO, cents

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Paying:
    """A bonus rule of a version, and the days in which it counts sessions."""

    terms: Terms
    rules: RuleSet
    rule: Rule
    span: Span


def months_ended(first: dt.date, last: dt.date) -> list[Span]:
    """The calendar months that end between the two days, both included."""
    found: list[Span] = []
    day = first.replace(day=1)
    while True:
        end = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        if end > last:
            return found
        if end >= first:
            found.append((day, end))
        day = end + dt.timedelta(days=1)


def lines_of(kept: Iterable[Service], paid: Sequence[Earlier], paying: Paying) -> list[Line]:
    """What a span's kept sessions above the number earn beyond what earlier runs paid for it; less is taken back.

    `kept` are charges of sessions that took place, several of a group counted once; `paid` the net bonus lines.
    """
    sessions = _once(kept, paying.span)
    due = max(len(sessions) - (paying.rule.threshold or 0), 0)
    standing = _standing(paid)
    if due >= len(standing):
        return _more(sessions, due - len(standing), {line.attendance_id for line in standing}, paying)
    return [_back(line, paying.terms) for line in standing[due:]]


def _once(kept: Iterable[Service], span: Span) -> list[Service]:
    found: dict[int, Service] = {}
    inside = [one for one in kept if span[0] <= one.on <= span[1]]
    for one in sorted(inside, key=lambda service: (service.on, str(service.starts_at), service.id)):
        found.setdefault(one.session_id, one)
    return list(found.values())


def _standing(paid: Sequence[Earlier]) -> list[Earlier]:
    """Bonus lines that no later line took back, the earliest first."""
    back = {line.attendance_id for line in paid if line.amount < ZERO}
    return sorted((line for line in paid if line.amount > ZERO and line.attendance_id not in back), key=lambda x: x.id)


def _more(sessions: Sequence[Service], missing: int, taken: set[int | None], paying: Paying) -> list[Line]:
    places = {one.attendance_id: place for place, one in enumerate(sessions, 1)}
    free = [one for one in sessions if one.attendance_id not in taken]
    chosen = free[len(free) - missing :]
    return [_line(one, places[one.attendance_id], paying) for one in chosen]


def _line(service: Service, place: int, paying: Paying) -> Line:
    terms, rules, rule, span = paying.terms, paying.rules, paying.rule, paying.span
    amount = cents(rule.amount or ZERO)
    when = f"in {span[0]:%B}" if rule.window == "month" else f"from {short(span[0])} to {short(span[1])}"
    each = f"Each above {rule.threshold} pays {money(amount)}."
    return Line(
        clinician_id=service.clinician_id,
        engagement_id=terms.id,
        tax_class=terms.tax_class,
        kind="bonus",
        event_kind="bonus",
        event_key=f"bonus:{service.attendance_id}",
        amount=amount,
        happened_on=service.on,
        words=f"The {ordinal(place)} session you kept {when}. {each}",
        steps=[
            {"label": f"Sessions above {rule.threshold}", "note": f"Version {rules.version}", "amount": str(amount)}
        ],
        rule_id=rule.id,
        rule_set_id=rules.id,
        service_on=service.on,
        attendance_id=service.attendance_id,
    )


def _back(paid: Earlier, terms: Terms) -> Line:
    day = paid.service_on or dt.date.min
    return Line(
        clinician_id=paid.clinician_id,
        engagement_id=terms.id,
        tax_class=terms.tax_class,
        kind="bonus",
        event_kind="bonus_back",
        event_key=f"bonus_back:{paid.id}",
        amount=-paid.amount,
        happened_on=day,
        words=f"Fewer sessions were kept than counted before, so {money(paid.amount)} of bonus goes back.",
        steps=[{"label": f"Paid in the run of {paid.run}", "amount": str(paid.amount)}],
        rule_id=paid.rule_id,
        service_on=day,
        attendance_id=paid.attendance_id,
        is_adjustment=True,
        is_takeback=True,
        cause_line_id=paid.id,
    )
