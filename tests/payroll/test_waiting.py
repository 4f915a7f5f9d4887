"""What of payroll waits for whom: on Today and in the navigation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clinicians.models import Engagement
from payroll.calculation.calendars import approve_by
from payroll.waiting import periods_to_open, runs
from practice import navigation
from practice.actors import Actor
from practice.permissions import BUNDLES, Role
from practice.today import STOP, WAIT, Asker
from tests.payroll.desk import Desk, at, fixed, share
from tests.people import Cast, signed_in


def accountant(desk: Desk) -> Actor:
    return Actor(desk.practice.pk, 0, "Erin Castillo", BUNDLES[Role.ACCOUNTANT])


def needs(desk: Desk, find: Any, actor: Actor | None = None) -> list[tuple[str, str, dt.date, str]]:
    asker = Asker.now(desk.practice, actor or desk.owner)
    return [(need.title, need.why, need.by, need.kind) for need in find(asker)]


def test_what_arrives_on_a_monday_is_approved_three_business_days_before() -> None:
    assert approve_by(dt.date(2026, 11, 30)) == dt.date(2026, 11, 24)  # Thanksgiving lies between
    assert approve_by(dt.date(2026, 11, 13)) == dt.date(2026, 11, 9)  # so does Veterans Day
    assert approve_by(dt.date(2026, 12, 15)) == dt.date(2026, 12, 10)


def test_a_period_that_is_over_waits_to_be_computed(desk: Desk) -> None:
    desk.schedule()
    with at(15):
        assert needs(desk, periods_to_open) == []
    with at(17):
        (one,) = needs(desk, periods_to_open)
    assert one == ("Compute pay for Nov 1–15", "By Tue, Nov 24, to arrive Mon, Nov 30.", dt.date(2026, 11, 24), WAIT)


def test_a_computed_run_waits_for_its_approval_and_then_for_its_files(desk: Desk) -> None:
    ana = desk.clinician(kind=Engagement.Kind.W2_EXEMPT)
    desk.rules(ana, share("0.60"))
    with at(3):
        desk.insurer_pays(desk.session(ana, 2), "100.00")
    with at(17):
        run = desk.run(desk.schedule())
        (one,) = needs(desk, runs)
        assert one[0] == "Approve pay for Nov 1–15"
        assert needs(desk, runs, accountant(desk)) == []
        desk.approve(run)
        for actor in (desk.owner, accountant(desk)):
            (one,) = needs(desk, runs, actor)
            assert one[0] == "Make the payroll files for the run of Nov 1–15"


def test_an_approval_that_comes_too_late_stops(desk: Desk) -> None:
    ana = desk.clinician()
    desk.rules(ana, share("0.60"))
    with at(3):
        desk.insurer_pays(desk.session(ana, 2), "100.00")
    with at(25):
        desk.run(desk.schedule())
        (one,) = needs(desk, runs)
    assert one[1:] == (
        "It had to be approved by Tue, Nov 24 to arrive Mon, Nov 30.",
        dt.date(2026, 11, 24),
        STOP,
    )


def test_what_stops_an_approval_is_counted(desk: Desk) -> None:
    ana = desk.clinician(kind=Engagement.Kind.W2_NONEXEMPT)
    desk.rules(ana, fixed("85.00", codes=["90834"]))
    with at(3):
        desk.insurer_pays(desk.session(ana, 3), "100.00")
    with at(17):
        desk.run(desk.schedule())
        (one,) = needs(desk, runs)
    assert one[1] == "1 thing to put right first."


def test_my_pay_is_shown_to_who_is_paid_by_a_run(people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        desk = Desk(people.fernhollow, people.actor(people.alice), payer=None)  # type: ignore[arg-type]
        desk.clinician("Charlie Nguyen", Engagement.Kind.W2_NONEXEMPT, user=people.charlie)
        desk.clinician("Alice Moreau", Engagement.Kind.PARTNER, user=people.alice)
        for who, shown in ((people.charlie, True), (people.alice, False), (people.grace, False)):
            entries = navigation.entries(people.fernhollow, people.actor(who), "/")
            labels = [item["label"] for section in entries for item in section["items"]]
            assert ("My pay" in labels) is shown, who


def test_the_owner_and_the_accountant_find_payroll(people: Cast) -> None:
    for who, found in ((people.alice, True), (people.erin, True), (people.bob, False), (people.charlie, False)):
        content = signed_in(who).get("/p/fernhollow/", follow=True).content.decode()
        assert ("/p/fernhollow/payroll/" in content) is found, who
