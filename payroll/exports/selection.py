"""Who is in a file: read from the run totals alone, so that it works behind the wall of clients.

W-2 totals go into the files for employees, 1099 totals into those for contractors. Owners and partners are paid by
draw and have no totals; the owner of a corporation who has a W-2 engagement has W-2 totals like any employee.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from clinicians.models import Engagement
from payroll.exports.facts import Batch, Format, Pay, Payee, Sort
from payroll.models import HoursKind, LineKind, PayeeMapping, PayRun, ProviderSetup, RunTotal
from practice.money import ZERO, total

_SORTS: Final[Mapping[str, Sort]] = {
    LineKind.SESSION: Sort.COMMISSION,
    LineKind.ADD_ON: Sort.COMMISSION,
    LineKind.ABSENCE: Sort.COMMISSION,
    LineKind.CARRIED: Sort.COMMISSION,
    LineKind.HOURS: Sort.HOURS,
    LineKind.SALARY: Sort.SALARY,
    LineKind.BONUS: Sort.BONUS,
    LineKind.OVERTIME: Sort.OVERTIME,
    LineKind.REIMBURSEMENT: Sort.REIMBURSEMENT,
    LineKind.CORRECTION: Sort.CORRECTION,
    LineKind.OTHER: Sort.OTHER,
}
_OWNERS: Final = frozenset({Engagement.Kind.PARTNER, Engagement.Kind.SOLE_OWNER})
_WITH_HOURS: Final = frozenset({LineKind.HOURS, LineKind.OVERTIME})
_ORDER: Final = list(Sort)


@dataclass(frozen=True, slots=True)
class Reading:
    """A run's totals in the order of names, with every provider's set-up and list of people."""

    run: PayRun
    totals: list[RunTotal]
    setups: Mapping[str, ProviderSetup]
    mappings: Mapping[tuple[str, int], PayeeMapping]


def read(run: PayRun) -> Reading:
    """All that files of a run are made of, in three queries."""
    rows = RunTotal.objects.filter(run=run).select_related("clinician", "engagement", "rule")
    names = ("clinician__last_name", "clinician__first_name", "clinician_id", "engagement_id", "pk")
    return Reading(
        run=run,
        totals=list(rows.order_by(*names)),
        setups={one.target: one for one in ProviderSetup.objects.all()},
        mappings={(one.target, one.clinician_id): one for one in PayeeMapping.objects.all()},
    )


def batch_of(reading: Reading, target: str, form: Format) -> Batch:
    """The people one file is for, by name, with what the run pays them."""
    run, setup = reading.run, reading.setups.get(target) or ProviderSetup(target=target)
    return Batch(
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        pay_on=run.pay_on,
        frequency=run.schedule.frequency,
        is_off_cycle=run.kind == PayRun.Kind.OFF_CYCLE,
        company=setup.company,
        salaries=setup.salaries,
        codes=setup.codes,
        payees=tuple(payee for payee in _payees(reading, target) if payee.tax_class in form.tax_classes),
    )


def apart(reading: Reading, form: Format) -> Decimal:
    """What the run pays people who are in other files."""
    return total(row.amount for row in reading.totals if row.tax_class not in form.tax_classes)


def _payees(reading: Reading, target: str) -> list[Payee]:
    found: dict[tuple[int, str], list[RunTotal]] = {}
    for row in reading.totals:
        found.setdefault((row.clinician_id, row.tax_class), []).append(row)
    made = [_payee(totals, reading.mappings.get((target, who))) for (who, _), totals in found.items()]
    return [payee for payee in made if payee.pay]


def _payee(totals: list[RunTotal], mapping: PayeeMapping | None) -> Payee:
    last = totals[-1]
    there = mapping or PayeeMapping()
    return Payee(
        name=last.clinician.name,
        clinician_id=last.clinician_id,
        first_name=there.first_name or last.clinician.first_name,
        last_name=there.last_name or last.clinician.last_name,
        tax_class=last.tax_class,
        external_id=there.external_id,
        title=there.title,
        business_name=last.engagement.business_name,
        is_mapped=mapping is not None,
        is_owner=any(row.engagement.kind in _OWNERS for row in totals),
        pay=_pay(totals),
    )


def _pay(totals: Iterable[RunTotal]) -> tuple[Pay, ...]:
    sums: dict[tuple[Sort, Decimal | None], tuple[Decimal, Decimal]] = {}
    for row in totals:
        key = _sort(row), row.rule.amount if row.kind == LineKind.HOURS and row.rule else None
        amount, hours = sums.get(key, (ZERO, ZERO))
        sums[key] = amount + row.amount, hours + (row.quantity if row.kind in _WITH_HOURS else ZERO)
    made = [
        Pay(sort=sort, rate=rate, amount=amount, hours=hours)
        for (sort, rate), (amount, hours) in sums.items()
        if amount or hours
    ]
    return tuple(sorted(made, key=lambda one: (_ORDER.index(one.sort), -(one.rate or ZERO))))


def _sort(row: RunTotal) -> Sort:
    if row.kind == LineKind.HOURS and row.code == HoursKind.TIME_OFF:
        return Sort.TIME_OFF
    return _SORTS[row.kind]
