"""The figure of a pay run: a share of what insurers paid for thousands of sessions, line by line."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal
from typing import Final

from billing.ledger.postings import Posting
from billing.ledger.services import Draft, post_many
from billing.models import Account, Charge, Entry
from clinicians.models import Clinician, Engagement
from desk.bench.figures import Taken, enter, figure
from desk.bench.loop import check_constraints, rolled_back
from desk.bench.places import Bench
from payroll import services
from payroll.models import PayRun
from practice import clock
from practice.access import Access
from practice.tenancy.context import practice_context

LINES: Final = 12_000
PEOPLE: Final = 200
SECONDS: Final = 3
PAID: Final = Decimal("98.60")
SHARE: Final = Decimal("0.62")
BEGIN: Final = dt.date(2020, 1, 1)


@figure(f"pay run: {LINES:,} lines", "≤ 3 s for 200 clinicians")
def pay_run(bench: Bench, _port: int) -> Taken:
    """Computing one run of those who were paid for; the money on their sessions is posted before the clock starts."""
    entry = enter(bench)
    with rolled_back(), practice_context(bench.practice_id, phi=True, rates=True):
        run = _opened(entry)
        check_constraints()
        started = time.perf_counter()
        run = services.compute(actor=entry.actor, run_id=run.pk)
        check_constraints()
        took = time.perf_counter() - started
    words = f"{took:.2f} s for {run.line_count:,} lines of {run.people} people, {run.gross:,} dollars"
    return Taken(words, holds=took <= SECONDS and run.line_count == LINES)


def _opened(entry: Access) -> PayRun:
    """A run of this half of the month, with money on the newest sessions of up to 200 people who have rules."""
    today = clock.today(entry.practice)
    people = list(Clinician.objects.order_by("pk")[:PEOPLE])
    terms = [Engagement(clinician=one, kind=Engagement.Kind.W2_EXEMPT, starts_on=BEGIN) for one in people]
    for one in Engagement.objects.bulk_create(terms):
        rule = {"method": "percent", "rate": SHARE, "name": "All services"}
        services.add_rule_set(actor=entry.actor, engagement_id=one.pk, starts_on=BEGIN, rules=[rule])
    charges = Charge.objects.filter(clinician__in=[one.pk for one in people], undone_at=None)
    post_many(
        [_paid(charge) for charge in charges.order_by("-service_on", "pk")[:LINES]],
        practice=entry.practice,
        actor=entry.actor,
    )
    first = today.replace(day=1 if today.day <= 15 else 16)  # noqa: PLR2004 - the halves of a month
    schedule = services.add_schedule(actor=entry.actor, name="Twice a month", starts_on=first)
    return services.open_run(actor=entry.actor, schedule_id=schedule.pk)


def _paid(charge: Charge) -> Draft:
    about = (charge.client_id, charge.pk, charge.payer_id, charge.clinician_id)
    lines = [
        Posting(Account.PAYER_CLEARING, PAID, *about),
        Posting(Account.INSURER_RECEIVABLE, -PAID, *about),
    ]
    return Draft(Entry.Kind.REMITTANCE, lines, charge.service_on)
