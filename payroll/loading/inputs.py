"""Puts a run's inputs together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from payroll.calculation import matching
from payroll.calculation.calendars import PERIODS_A_YEAR
from payroll.calculation.facts import Rule
from payroll.calculation.inputs import Inputs, Payee
from payroll.loading import earlier, events, notes, working
from payroll.loading.payees import payees, tax_classes
from payroll.loading.postings import postings
from payroll.models import PayRun
from practice.models import Practice

_HALF_YEAR = dt.timedelta(days=214)


def inputs_of(run: PayRun, practice: Practice) -> Inputs:
    """Everything one run is figured from. The run's own former lines are gone by now."""
    people = payees(run)
    paid_once_paid = [who for who, payee in people.items() if _may_be_paid_by_posting(payee)]
    posted = postings(run, paid_once_paid)
    bonus = [who for who, payee in people.items() if _any(payee, lambda rule: rule.method == "bonus")]
    unruled = [who for who, payee in people.items() if not any(one.rule_sets for one in payee.terms)]
    confirmed = events.services(run, _rendered(people), unruled)
    entries = events.hours(run, list(people))
    touched = [*(one.service for one in posted), *confirmed]
    charge_ids = {service.id for service in touched}
    capped = [rule.id for payee in people.values() for rule in _rules(payee) if rule.group_cap is not None]
    classes = tax_classes(run.schedule)
    cutoff = notes.cutoff(practice, run.ends_on, run.schedule.note_grace_days)
    return Inputs(
        key=str(run.pk),
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        payees=people,
        tax_classes=classes,
        is_regular=run.kind == PayRun.Kind.REGULAR,
        number=run.period.number if run.period else 1,
        periods_a_year=PERIODS_A_YEAR[run.schedule.frequency],
        workweek_starts=run.schedule.workweek_starts,
        postings=posted,
        services=confirmed,
        undone=earlier.undone(list(people)),
        kept=events.kept(run, bonus, run.starts_on - _HALF_YEAR),
        hours=entries,
        manual=events.manual(run),
        earlier=earlier.on_charges(charge_ids, {service.session_id for service in touched}, capped),
        bonuses=earlier.bonuses(bonus),
        carried=earlier.left_over(list(people), classes),
        unsigned=notes.unsigned({one.attendance_id for one in touched if one.asks_for_note}, cutoff),
        worked=working.worked(run, practice, people, entries),
    )


def _rules(payee: Payee) -> list[Rule]:
    return [rule for terms in payee.terms for version in terms.rule_sets for rule in version.rules]


def _any(payee: Payee, wanted: Callable[[Rule], bool]) -> bool:
    return any(wanted(rule) for rule in _rules(payee))


def _may_be_paid_by_posting(payee: Payee) -> bool:
    """All but those whose rules pay nothing that depends on money, and owners."""
    rules = _rules(payee)
    return not rules or any(rule.is_for_sessions and rule.recognized == "paid" for rule in rules)


def _rendered(people: Mapping[int, Payee]) -> dict[int, frozenset[str]]:
    """The kinds of charges each person is paid for once confirmed."""
    found = {}
    for who, payee in people.items():
        own = [rule for rule in _rules(payee) if rule.recognized == "rendered"]
        if own:
            found[who] = frozenset().union(*(matching.kinds_of(rule) for rule in own))
    return found
