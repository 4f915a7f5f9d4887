"""Money applied to charges that no run has paid yet.

What stands around a ledger line is read table by table, by key: a join of ten tables is planned well only where their
statistics are fresh, which they are not right after an import.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, Q

from billing.models import Account, ClientPayment, Entry, LedgerLine, Remittance
from payroll.calculation.facts import CLIENT, INSURER, Posting, Service
from payroll.loading.events import of_charges
from payroll.loading.keys import among
from payroll.models import PayLine, PayRun
from practice.models import PracticePayer

_PAYMENTS: Final = (Entry.Kind.PAYMENT, Entry.Kind.APPLY)
_METHODS: Final = dict(ClientPayment.Method.choices)


class _Line(NamedTuple):
    """Columns of a ledger line, by their names."""

    pk: int
    amount: Any
    posted_on: Any
    account: str
    entry_id: int
    charge_id: int
    payer_id: int | None
    remittance_id: int | None


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around the lines, by key: charges, entries they reverse, payers, traces, client payments."""

    services: Mapping[int, Service]
    reverses: Mapping[int, int]
    originals: Mapping[tuple[int, int, str], int]
    payers: Mapping[int, str]
    traces: Mapping[int, str]
    paid: Mapping[int, str]


def postings(run: PayRun, clinician_ids: Collection[int]) -> list[Posting]:
    """Insurer money posted and client money applied up to the run's last day, and what took it off again."""
    insurer = Q(account=Account.PAYER_CLEARING)
    client = Q(account=Account.CLIENT_RECEIVABLE) & (
        Q(entry__kind__in=_PAYMENTS) | Q(entry__reverses__kind__in=_PAYMENTS)
    )
    rows = [*_lines(run, clinician_ids, insurer), *_lines(run, clinician_ids, client)]
    if not rows:
        return []
    around = _around(rows)
    return [_posting(row, around) for row in rows]


def _lines(run: PayRun, clinician_ids: Collection[int], which: Q) -> list[_Line]:
    paid = PayLine.objects.filter(ledger_line_id=OuterRef("pk"), is_held=False)
    rows = LedgerLine.objects.filter(
        which,
        ~Exists(paid),
        charge__isnull=False,
        clinician__in=clinician_ids,
        posted_on__gte=run.schedule.starts_on,
        posted_on__lte=run.ends_on,
    )
    return [_Line(*row) for row in rows.values_list(*_Line._fields)]


def _around(rows: Collection[_Line]) -> _Around:
    entries = {row.entry_id for row in rows}
    found = Entry.objects.filter(among("pk", entries), reverses__isnull=False).values_list("pk", "reverses_id")
    reverses = {entry: reversed_ for entry, reversed_ in found if reversed_ is not None}
    return _Around(
        services=of_charges({row.charge_id for row in rows}),
        reverses=reverses,
        originals=_originals(set(reverses.values())),
        payers=dict(PracticePayer.objects.values_list("pk", "name")),
        traces=_traces({row.remittance_id for row in rows if row.remittance_id}),
        paid=_paid({row.entry_id for row in rows if row.account == Account.CLIENT_RECEIVABLE}),
    )


def _originals(entry_ids: Collection[int]) -> dict[tuple[int, int, str], int]:
    """The lines of entries that others reverse, by entry, charge and account."""
    if not entry_ids:
        return {}
    found = LedgerLine.objects.filter(among("entry_id", entry_ids), charge__isnull=False)
    return {(row[0], row[1], row[2]): row[3] for row in found.values_list("entry_id", "charge_id", "account", "pk")}


def _traces(remittance_ids: Collection[int]) -> dict[int, str]:
    if not remittance_ids:
        return {}
    return dict(Remittance.objects.filter(pk__in=remittance_ids).values_list("pk", "trace"))


def _paid(entry_ids: Collection[int]) -> dict[int, str]:
    """How a client paid, by entry: `Check 1022`."""
    if not entry_ids:
        return {}
    rows = Entry.objects.filter(among("pk", entry_ids), payment__isnull=False)
    found = rows.values_list("pk", "payment__method", "payment__reference")
    return {entry: " ".join(filter(None, (_METHODS.get(method, ""), said))) for entry, method, said in found}


def _posting(row: _Line, around: _Around) -> Posting:
    from_insurer = row.account == Account.PAYER_CLEARING
    reverses = around.reverses.get(row.entry_id)
    return Posting(
        id=row.pk,
        service=around.services[row.charge_id],
        amount=row.amount if from_insurer else -row.amount,
        on=row.posted_on,
        source=INSURER if from_insurer else CLIENT,
        payer=around.payers.get(row.payer_id or 0, ""),
        reference=around.traces.get(row.remittance_id or 0, "") if from_insurer else around.paid.get(row.entry_id, ""),
        reverses_id=around.originals.get((reverses, row.charge_id, row.account)) if reverses else None,
    )
