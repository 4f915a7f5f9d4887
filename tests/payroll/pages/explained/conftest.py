"""A practice whose November run pays Charlie and Dana; the context is closed, so that pages open their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from billing.models import Charge, Claim, ClaimLine, ClaimSession
from billing.models.claim_session import sessions_of
from billing.money import services as money
from clients.models import Coverage
from clinicians.models import Clinician
from payroll import services
from payroll.explained.items import Reader
from payroll.explained.policies import Reach
from payroll.explained.selectors.page import Asked, PayPage, pay_page
from payroll.models import PayRun, PaySchedule
from practice import clock
from practice.models import PracticePayer, User
from tests.payroll.desk import Desk, at, fixed, share
from tests.people import Cast, signed_in

SLUG = "fernhollow"
OCTOBER = dt.date(2026, 10, 16)


@dataclass
class Office:
    """The desk behind a closed door: `open()` opens the practice's context."""

    people: Cast
    open: Callable[[], AbstractContextManager[Desk]]
    charlie: Clinician
    dana: Clinician
    schedule: PaySchedule
    run: PayRun

    def url(self, name: str, *ids: int) -> str:
        return reverse(name, args=[SLUG, *ids])

    def get(self, user: User, name: str, *ids: int, query: str = "") -> Any:
        return signed_in(user).get(self.url(name, *ids) + query)

    def text(self, user: User, name: str, *ids: int, query: str = "") -> str:
        """The page in words: what stands between tags, with single spaces."""
        response = self.get(user, name, *ids, query=query)
        assert response.status_code == 200
        return str(response.content.decode())

    def page(self, clinician: Clinician, run: PayRun | None = None, *, is_own: bool = True, **asked: str) -> PayPage:
        """What the page shows, read inside the context."""
        user = self.people.charlie if clinician == self.charlie else self.people.dana
        actor = self.people.actor(user if is_own else self.people.alice)
        reader = Reader(is_own, clock.today(self.people.fernhollow), url=_address, run_url=_run_address)
        found = pay_page(actor, Reach(clinician, is_own), (run or self.run).pk, Asked(**asked), reader)
        assert found is not None
        return found


@pytest.fixture
def office(people: Cast, inside: Any) -> Office:
    """Charlie: 62%, $40.00 for absences, $28.00 an hour of meetings. Dana: 70%, held without a signed note."""
    desks: list[Desk] = []

    @contextmanager
    def opened() -> Iterator[Desk]:
        with inside(people.fernhollow):
            yield desks[0]

    with inside(people.fernhollow):
        payer = PracticePayer.objects.create(name="Keystone Mutual", payer_id="KEY01")
        desk = Desk(people.fernhollow, people.actor(people.alice), payer)
        desks.append(desk)
        charlie = desk.clinician("Charlie Nguyen", "w2_exempt", user=people.charlie)
        dana = desk.clinician("Dana Whitfield", user=people.dana)
        absences = fixed("40.00", name="Absences", applies_to=["late_cancel", "no_show"], recognized="rendered")
        meetings = fixed("28.00", "hourly", name="Meetings", hours_kinds=["meeting"])
        desk.rules(charlie, share("0.62"), absences, meetings)
        desk.rules(dana, share("0.70"), unsigned="hold")
        schedule = desk.schedule(starts_on=OCTOBER)
        run = november(desk, charlie, dana, schedule)
    return Office(people, opened, charlie, dana, schedule, run)


def november(desk: Desk, charlie: Clinician, dana: Clinician, schedule: PaySchedule) -> PayRun:
    """An empty October run, then Charlie's $163.36 and Dana's $70.00 with $70.00 held."""
    with at(31, 10):
        desk.finish(desk.run(schedule))
    with at(12):
        session = desk.session(charlie, 2, amount="168.00")
        desk.insurer_pays(session, "106.22")
        money.move(actor=desk.owner, charge_id=session.pk, amount=Decimal("25.00"), to="client", reason="Copay")
        desk.client_pays(session, "25.00")
        desk.write_off(session, "36.78")
        desk.session(charlie, 5, amount="80.00", insured=False, kind="late_cancel")
        services.add_hours(
            actor=desk.owner,
            clinician_id=charlie.pk,
            worked_on=dt.date(2026, 11, 5),
            kind="meeting",
            hours=Decimal("1.50"),
            note="Team",
        )
        desk.insurer_pays(desk.session(dana, 3, signed_at=clock.now()), "100.00")
        desk.insurer_pays(desk.session(dana, 4), "100.00")
    with at(16):
        return desk.run(schedule)


def _address(name: str, *ids: int) -> str:
    return reverse(name, args=[SLUG, *ids])


def _run_address(run_id: int) -> str:
    return reverse("my_pay_run", args=[SLUG, run_id])


def claim(charge: Charge, number: str, **facts: Any) -> Claim:
    """A claim at the insurer for a charge."""
    coverage = Coverage.objects.create(
        client=charge.client, payer=charge.payer, member_id=f"M{number}", starts_on=dt.date(2026, 1, 1)
    )
    about = {"attendance": charge.attendance, "client": charge.client, "payer": charge.payer}
    made = Claim.objects.create(
        coverage=coverage,
        rendering=charge.clinician,
        number=f"T{number}",
        total=charge.amount,
        service_on=charge.service_on,
        place_of_service="11",
        made_at=clock.now(),
        sent_at=clock.now(),
        **(about | {"status": Claim.Status.SENT} | facts),
    )
    ClaimLine.objects.create(
        claim=made,
        charge=charge,
        position=1,
        reference=f"R{number}",
        code="90837",
        amount=charge.amount,
        service_on=charge.service_on,
    )
    ClaimSession.objects.bulk_create(sessions_of(made, [charge.attendance_id]))
    return made
