"""Whom runs pay who are in no file: their pay has reached no provider."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from payroll.exports.formats import FORMATS
from payroll.models import ExportFile, PayRun, RunTotal, TaxClass
from payroll.policies import visible_runs, visible_totals
from payroll.runs.words import unfiled
from payroll.words import run_name
from practice.money import ZERO, total
from practice.today import WAIT, Asker, Need

MONTH: Final = dt.timedelta(days=31)
_GONE: Final = (PayRun.Status.EXPORTED, PayRun.Status.LOCKED)


def left_out(asker: Asker) -> Iterator[Need]:
    """Runs with files that some of their people are in none of, until a month after the pay date; two queries."""
    found = _people(asker)
    runs = visible_runs(asker.actor).in_bulk(found) if found else {}
    for key, pay in found.items():
        run, amount = runs[key], total(pay.values())
        yield Need(
            f"Make the file for who is left of {run_name(run)}",
            unfiled(list(pay), amount),
            asker.url("pay_run", key),
            "Open the run",
            len(pay),
            max(run.pay_on, asker.today),
            WAIT,
            amount,
        )


def _people(asker: Asker) -> dict[int, dict[str, Decimal]]:
    """What people in no file are paid, by run and name."""
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = _totals(asker).filter(~Q(amount=ZERO)).select_related("clinician")
    for row in rows.order_by("run__pay_on", "run_id", "clinician_id", "pk"):
        own = found[row.run_id]
        own[row.clinician.name] = own.get(row.clinician.name, ZERO) + row.amount
    return found


def _totals(asker: Asker) -> QuerySet[RunTotal]:
    """What runs with files pay under a tax class that none of their files takes."""
    rows = visible_totals(asker.actor).filter(run__status__in=_GONE, run__pay_on__gte=asker.today - MONTH)
    return rows.filter(reduce(or_, map(_is_left_out, TaxClass.values)))


def _is_left_out(tax_class: str) -> Q:
    taking = [target for target, form in FORMATS.items() if tax_class in form.tax_classes]
    return Q(~Exists(ExportFile.objects.filter(run=OuterRef("run"), target__in=taking)), tax_class=tax_class)
