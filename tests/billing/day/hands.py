"""Short ways to bill and look, for the tests of the billing day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from billing.day import running, services
from billing.models import BillingRun, LedgerLine
from charting.models import Documentation
from practice.actors import Actor
from practice.models import Practice
from scheduling.models import Attendance
from tests.people import Cast
from tests.scheduling.readiness import made

MONDAY = dt.date(2026, 11, 16)


@dataclass
class Desk:
    """Fernhollow and what a practice needs to bill; Bob the biller acts unless told otherwise."""

    people: Cast
    made: dict[str, Any]
    numbers: list[int] = field(default_factory=list)

    @property
    def practice(self) -> Practice:
        return self.people.fernhollow

    @property
    def bob(self) -> Actor:
        return self.people.actor(self.people.bob)

    def session(self, **facts: Any) -> Attendance:
        """A session of Monday with a client of its own that is ready to be billed."""
        row = self.undocumented(**facts)
        Documentation.objects.create(attendance=row, status="signed", text="Seen.", changed_at=made.START)
        return row

    def undocumented(self, **facts: Any) -> Attendance:
        """The same without its note."""
        self.numbers.append(1)
        return made.attendance(self.made, made.client(len(self.numbers), self.made["payer"]), **facts)

    def start(self, *rows: Attendance, actor: Actor | None = None) -> BillingRun:
        """The click."""
        return services.bill(
            actor=actor or self.bob,
            practice=self.practice,
            attendance_ids=[row.pk for row in rows],
            attested=True,
            day=MONDAY,
        )

    def bill(self, *rows: Attendance, actor: Actor | None = None) -> BillingRun:
        """The click and the work after it."""
        run = self.start(*rows, actor=actor)
        running.perform(self.practice.pk, str(run.pk))
        run.refresh_from_db()
        return run


def status(*rows: Attendance) -> list[str]:
    """What the rows are now."""
    for row in rows:
        row.refresh_from_db()
    return [row.status for row in rows]


def accounts() -> dict[str, Decimal]:
    """What every account holds."""
    sums = LedgerLine.objects.values("account").annotate(sum=Sum("amount")).order_by("account")
    return {row["account"]: row["sum"] for row in sums}
