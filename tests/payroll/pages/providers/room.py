"""A practice with an approved run of four people, and browsers that look at its files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from clinicians.models import Clinician, Engagement
from payroll import exports, services
from payroll.models import PayRun
from practice.models import User
from tests.payroll.desk import Desk, at, fixed, share
from tests.people import Cast, signed_in

SLUG = "fernhollow"
NUMBERS = {"Ana": "5g9934", "Ben": "a1b2c3"}


@dataclass
class Room:
    """The run with its people by first name; `inside` opens the practice."""

    desk: Desk
    people: Cast
    inside: Any
    run: PayRun
    who: dict[str, Clinician]

    def open(self) -> Any:
        return self.inside(self.people.fernhollow)

    def get(self, user: User, name: str, *ids: Any, **query: str) -> str:
        response = self.ask(user, name, *ids, **query)
        assert response.status_code == 200
        return str(response.content.decode())

    def ask(self, user: User, name: str, *ids: Any, **query: str) -> Any:
        return signed_in(user).get(url(name, *ids), query)

    def send(self, user: User, name: str, *ids: Any, **body: Any) -> Any:
        """Sends a form and follows where it leads."""
        return signed_in(user).post(url(name, *ids), body, follow=True)

    def make(self, target: str, user: User | None = None) -> Any:
        return self.send(user or self.people.alice, "make_pay_file", self.run.pk, target)

    def enter(self) -> None:
        """Everybody has a number where the file needs one."""
        with self.open():
            for first, number in NUMBERS.items():
                self._map(first, "gusto", number)
                self._map(first, "generic", number)
            for first in ("Dana", "Cy"):
                self._map(first, "gusto_contractors", "")
                self._map(first, "generic", f"{first}01")

    def status(self) -> str:
        with self.open():
            self.run.refresh_from_db()
            return str(self.run.status)

    def withdraw(self) -> None:
        with self.open():
            services.withdraw_approval(actor=self.desk.owner, run_id=self.run.pk, reason="A mistake")

    def set_up(self, target: str, **facts: Any) -> None:
        with self.open():
            exports.set_up_provider(actor=self.desk.owner, target=target, **facts)

    def _map(self, first: str, target: str, number: str) -> None:
        services.map_payee(actor=self.desk.owner, clinician_id=self.who[first].pk, target=target, external_id=number)


def url(name: str, *ids: Any) -> str:
    return reverse(name, args=[SLUG, *ids])


def messages(response: HttpResponse) -> list[str]:
    """What the page says it did, or why not."""
    return [str(one) for one in response.context["messages"]]  # type: ignore[attr-defined]


def approved(desk: Desk) -> tuple[PayRun, dict[str, Clinician]]:
    """A run of Nov 1–15: Ana $60.00 for a session, Ben 4 hours at $20.00, Dana $50.00, Cy’s business $40.00."""
    ana, ben = desk.clinician("Ana Reyes", "w2_exempt"), desk.clinician("Ben Okafor", "w2_nonexempt")
    dana, cy = desk.clinician("Dana Whitfield"), desk.clinician("Cy Ito")
    Engagement.objects.filter(clinician=cy).update(business_name="Ito Counseling LLC", tin_type="ein")
    desk.rules(ana, share("0.60"))
    desk.rules(ben, fixed("20.00", "hourly"))
    for who in (dana, cy):
        desk.rules(who, share("0.50"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        for who, amount in ((ana, "100.00"), (dana, "100.00"), (cy, "80.00")):
            desk.insurer_pays(desk.session(who), amount)
        services.add_hours(
            actor=desk.owner,
            clinician_id=ben.pk,
            worked_on=dt.date(2026, 11, 3),
            kind="meeting",
            hours=Decimal("4.00"),
        )
    with at(16):
        run = services.approve(actor=desk.owner, run_id=desk.run(schedule).pk)
    return run, {"Ana": ana, "Ben": ben, "Dana": dana, "Cy": cy}
