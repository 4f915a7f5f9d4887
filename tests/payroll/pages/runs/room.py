"""A practice that pays, and browsers that look at its runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinicians.models import Clinician
from payroll import services
from payroll.models import PayRun, PaySchedule
from practice.models import User
from tests.payroll.desk import Desk, at, fixed, share
from tests.people import Cast, signed_in

SLUG: Final = "fernhollow"
_TRANSACTIONS: Final = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config", "BEGIN", "COMMIT")


@dataclass
class Room:
    """The desk with browsers; `inside` opens the practice."""

    desk: Desk
    people: Cast
    inside: Any

    def open(self) -> Any:
        return self.inside(self.people.fernhollow)

    def ask(self, name: str, *ids: Any, user: User | None = None, **query: str) -> Any:
        return signed_in(user or self.people.alice).get(url(name, *ids), query)

    def get(self, name: str, *ids: Any, user: User | None = None, **query: str) -> str:
        response = self.ask(name, *ids, user=user, **query)
        assert response.status_code == 200
        return str(response.content.decode())

    def send(self, name: str, *ids: Any, user: User | None = None, **body: Any) -> Any:
        """Sends a form and follows where it leads."""
        return signed_in(user or self.people.alice).post(url(name, *ids), body, follow=True)

    def statements(self, name: str, *ids: Any, user: User | None = None) -> int:
        """How many statements a page takes, without those that begin, mark and end transactions."""
        browser = signed_in(user or self.people.alice)
        browser.get(url(name, *ids))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert browser.get(url(name, *ids)).status_code == 200
        return sum(not one["sql"].startswith(_TRANSACTIONS) for one in caught.captured_queries)

    def status(self, run: PayRun) -> str:
        with self.open():
            return str(PayRun.objects.get(pk=run.pk).status)

    def schedule(self, **facts: Any) -> PaySchedule:
        with self.open():
            return self.desk.schedule(**facts)

    def staff(self) -> dict[str, Clinician]:
        """Ana, W-2, 60%; Ben, by the hour; Dana, 1099, 50%, held without a note; Olive is a partner."""
        with self.open():
            desk = self.desk
            ana, ben = desk.clinician("Ana Reyes", "w2_exempt"), desk.clinician("Ben Okafor", "w2_nonexempt")
            dana = desk.clinician("Dana Whitfield")
            desk.clinician("Olive Hart", "partner")
            desk.rules(ana, share("0.60"))
            desk.rules(ben, fixed("20.00", "hourly"))
            desk.rules(dana, share("0.50"))
        return {"ana": ana, "ben": ben, "dana": dana}

    def paid(self, who: Clinician, amount: str, day: int = 3, **facts: Any) -> None:
        with self.open(), at(12):
            self.desk.insurer_pays(self.desk.session(who, day, **facts), amount)

    def hours(self, who: Clinician, day: int, hours: str) -> None:
        with self.open(), at(12):
            services.add_hours(
                actor=self.desk.owner,
                clinician_id=who.pk,
                worked_on=dt.date(2026, 11, day),
                kind="meeting",
                hours=Decimal(hours),
            )

    def opened(self, schedule: PaySchedule) -> PayRun:
        with self.open(), at(16):
            return services.open_run(actor=self.desk.owner, schedule_id=schedule.pk)

    def compute(self, run: PayRun) -> PayRun:
        with self.open(), at(16):
            return services.compute(actor=self.desk.owner, run_id=run.pk)

    def act(self, name: str, run: PayRun, **facts: Any) -> PayRun:
        """A service on a run: approve, mark_exported, lock, withdraw_approval."""
        with self.open():
            made: PayRun = getattr(services, name)(actor=self.desk.owner, run_id=run.pk, **facts)
        return made

    def computed(self) -> tuple[PayRun, dict[str, Clinician]]:
        """Nov 1–15: Ana $60.00 of $100.00, Ben 4 hours for $80.00, Dana $50.00 signed and $40.00 held."""
        who, schedule = self.staff(), self.schedule()
        self.paid(who["ana"], "100.00")
        signed = dt.datetime(2026, 11, 4, 12, tzinfo=dt.UTC)
        self.paid(who["dana"], "100.00", 3, signed_at=signed)
        self.paid(who["dana"], "80.00", 4)
        self.hours(who["ben"], 3, "4.00")
        return self.compute(self.opened(schedule)), who


def url(name: str, *ids: Any) -> str:
    return reverse(name, args=[SLUG, *ids])


def messages(response: HttpResponse) -> list[str]:
    """What the page says it did, or why not."""
    return [str(one) for one in response.context["messages"]]  # type: ignore[attr-defined]
