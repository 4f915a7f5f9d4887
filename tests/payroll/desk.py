"""A practice that pays: people on terms with rules, a schedule, sessions with money on them, and runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from billing.charges import facts_of
from billing.ledger import postings
from billing.ledger import services as ledger
from billing.ledger.postings import Posting
from billing.ledger.services import Draft
from billing.models import Account, Charge, Entry
from billing.money import services as money
from charting.models import Documentation, Signature
from clients.models import Client
from clinicians.models import Clinician, Engagement
from payroll import services
from payroll.models import PayLine, PayRun, PaySchedule, RuleSet
from practice import clock
from practice.actors import Actor
from practice.models import Practice, PracticePayer, Service
from scheduling.models import Attendance, Session

SINCE = dt.date(2026, 1, 1)
NOV_16 = dt.datetime(2026, 11, 16, 17, 0, tzinfo=dt.UTC)
DEC_1 = dt.datetime(2026, 12, 1, 17, 0, tzinfo=dt.UTC)


def at(day: int, month: int = 11) -> Any:
    """The clock standing at noon of a day of 2026."""
    return clock.at(dt.datetime(2026, month, day, 17, 0, tzinfo=dt.UTC))


@dataclass
class Desk:
    """Fernhollow's payroll; `owner` acts."""

    practice: Practice
    owner: Actor
    payer: PracticePayer
    numbers: list[int] = field(default_factory=lambda: [0])

    def clinician(
        self, name: str = "Ana Reyes", kind: str = Engagement.Kind.CONTRACTOR, *, user: Any = None, **facts: Any
    ) -> Clinician:
        """Somebody on terms of work since January."""
        first, last = name.split(" ", 1)
        row = Clinician.objects.create(first_name=first, last_name=last, credentials="LPC", user=user, **facts)
        Engagement.objects.create(clinician=row, kind=kind, starts_on=SINCE)
        return row

    def terms(self, who: Clinician) -> Engagement:
        return Engagement.objects.get(clinician=who)

    def rules(self, who: Clinician, *rules: dict[str, Any], **facts: Any) -> RuleSet:
        """A version of rules from January on, or from `starts_on`."""
        given: dict[str, Any] = {"starts_on": SINCE} | facts
        return services.add_rule_set(actor=self.owner, engagement_id=self.terms(who).pk, rules=rules, **given)

    def schedule(self, **facts: Any) -> PaySchedule:
        """Twice a month since October, paid on the 15th and the last."""
        given: dict[str, Any] = {"name": "Twice a month", "starts_on": dt.date(2026, 11, 1)} | facts
        return services.add_schedule(actor=self.owner, **given)

    def client(self) -> Client:
        self.numbers[0] += 1
        return Client.objects.create(number=self.numbers[0], first_name="Maya", last_name=f"Torres{self.numbers[0]}")

    def session(
        self,
        who: Clinician,
        day: int = 3,
        *,
        amount: str = "150.00",
        insured: bool = True,
        code: str = "90837",
        kind: str = Charge.Kind.SESSION,
        month: int = 11,
        hour: int = 9,
        **facts: Any,
    ) -> Charge:
        """A confirmed session with its charge; a signed note comes with `signed_at`."""
        signed_at = facts.pop("signed_at", None)
        date = dt.date(2026, month, day)
        start = clock.instant(self.practice, date, dt.time(hour))
        service = Service.objects.get_or_create(code="90837", name="Psychotherapy", kind="individual")[0]
        session = Session.objects.create(
            service=service, starts_at=start, ends_at=start + dt.timedelta(minutes=60), made_at=clock.now()
        )
        outcome = {"late_cancel": "late_canceled", "no_show": "no_show"}.get(kind, "held")
        row = Attendance.objects.create(
            session=session,
            client=self.client(),
            service=service,
            rendering=who,
            fee=Decimal(amount),
            status=Attendance.Status.CONFIRMED,
            outcome=outcome,
            confirmed_at=clock.now(),
            **facts,
        )
        if signed_at is not None:
            self.sign(row, signed_at)
        return self._charge(row, who, amount, kind=kind, code=code, insured=insured)

    def sign(self, row: Attendance, when: dt.datetime) -> None:
        note = Documentation.objects.create(
            attendance=row, status=Documentation.Status.SIGNED, text="Text", changed_at=when
        )
        Signature.objects.create(
            documentation=note,
            kind="sign",
            by_name="Ana Reyes",
            at=when,
            content_sha256="0" * 64,
            words="I wrote this.",
        )

    def insurer_pays(self, charge: Charge, amount: str) -> Entry:
        """An insurer's payment, posted today."""
        return self._post(charge, Decimal(amount), Entry.Kind.REMITTANCE)

    def taken_back(self, entry: Entry) -> Entry:
        """The exact reversal, posted today."""
        return ledger.reverse(entry, practice=self.practice, actor=self.owner, memo="Taken back")

    def client_pays(self, charge: Charge, amount: str) -> Any:
        """A client's payment applied to the charge, posted today."""
        return money.take_payment(
            actor=self.owner,
            client_id=charge.client_id,
            method="card",
            amount=Decimal(amount),
            received_on=clock.today(self.practice),
            applications={charge.pk: Decimal(amount)},
        )

    def write_off(self, charge: Charge, amount: str) -> None:
        money.write_off(
            actor=self.owner, charge_id=charge.pk, amount=Decimal(amount), reason="Agreed", owed_by="insurer"
        )

    def run(self, schedule: PaySchedule) -> PayRun:
        """The next run, computed."""
        return self.compute(services.open_run(actor=self.owner, schedule_id=schedule.pk))

    def compute(self, run: PayRun) -> PayRun:
        return services.compute(actor=self.owner, run_id=run.pk)

    def finish(self, run: PayRun) -> PayRun:
        """Approved, exported and locked."""
        for step in (services.approve, services.mark_exported, services.lock):
            run = step(actor=self.owner, run_id=run.pk)
        return run

    def approve(self, run: PayRun) -> PayRun:
        """Approved."""
        return services.approve(actor=self.owner, run_id=run.pk)

    def amounts(self, run: PayRun, *, held: bool = False) -> list[str]:
        rows = PayLine.objects.filter(run=run, is_held=held).order_by("pk")
        return [str(row.amount) for row in rows]

    def _charge(self, row: Attendance, who: Clinician, amount: str, *, kind: str, code: str, insured: bool) -> Charge:
        day = clock.local(self.practice, row.session.starts_at).date()
        charge = Charge.objects.create(
            attendance=row,
            client=row.client,
            clinician=who,
            payer=self.payer if insured else None,
            kind=kind,
            code=code if kind in {"session", "add_on"} else "",
            amount=Decimal(amount),
            service_on=day,
            made_at=clock.now(),
        )
        ledger.post(
            Draft(Entry.Kind.CHARGE, postings.charge(facts_of(charge)), day), practice=self.practice, actor=self.owner
        )
        return charge

    def _post(self, charge: Charge, amount: Decimal, kind: str) -> Entry:
        about = (charge.client_id, charge.pk, self.payer.pk, charge.clinician_id)
        lines = [
            Posting(Account.PAYER_CLEARING, amount, *about),
            Posting(Account.INSURER_RECEIVABLE, -amount, *about),
        ]
        return ledger.post(Draft(kind, lines, charge.service_on), practice=self.practice, actor=self.owner)


def share(rate: str, **facts: Any) -> dict[str, Any]:
    """A share of what is collected."""
    return {"method": "percent", "rate": Decimal(rate), "name": "All services"} | facts


def fixed(amount: str, method: str = "flat", **facts: Any) -> dict[str, Any]:
    """A fixed amount, an hourly rate, a salary."""
    return {"method": method, "amount": Decimal(amount), "name": method.capitalize()} | facts


@contextmanager
def deferred_checked() -> Iterator[None]:
    """Constraints that PostgreSQL checks at commit are checked when the block ends."""
    from django.db import connection

    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
