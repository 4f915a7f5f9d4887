"""The page of a run: figures, states, people, and what stands in the way."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from payroll import services
from payroll.models import PayRun
from tests.payroll.desk import at
from tests.payroll.pages.runs.room import Room, url

MOST = 20


def test_an_open_run_says_what_will_be_in_it_and_who_has_no_rules(room: Room) -> None:
    room.staff()
    with room.open():
        room.desk.clinician("Vera Stone", "w2_exempt")
    run = room.opened(room.schedule())
    page = room.get("pay_run", run.pk)
    assert "Pay run, November 1–15" in page
    assert "Twice a month (semi-monthly, 24 a year) · pay date Monday, November 30 · approve by Tuesday, Nov" in page
    assert "What will be in it" in page
    assert "4 people are on terms that it pays." in page
    assert "Vera Stone has no pay rules" in page
    assert "Compute the run" in page
    assert "Not figured yet" in page


def test_people_stand_in_rows_that_add_up_to_the_run(room: Room) -> None:
    run, who = room.computed()
    response = room.ask("pay_run", run.pk)
    page, rows, sums = response.content.decode(), response.context["rows"], response.context["sums"]
    assert [(row.pay.name, row.tag, row.line, str(row.pay.gross)) for row in rows] == [
        ("Ben Okafor", "W-2", "$20.00 an hour", "80.00"),
        ("Ana Reyes", "W-2", "60% of collected", "60.00"),
        ("Dana Whitfield", "1099", "50% of collected", "50.00"),
    ]
    assert (str(sums.gross), sums.sessions, str(sums.collected), str(sums.held)) == ("190.00", 2, "200.00", "40.00")
    assert sums.gross == sums.earned + sums.other + sums.adjusted == run.gross
    assert (str(sums.earned), str(sums.other)) == ("190.00", "0.00")  # hours worked are earned, like sessions
    assert url("pay_of_person", run.pk, who["ana"].pk) in page
    assert "$40.00</span> held" in page.replace("\n", "")
    assert "Olive Hart is paid by draw" in page


def test_the_class_narrows_the_rows_and_the_sum_and_leaves_the_check(room: Room) -> None:
    run, _ = room.computed()
    response = room.ask("pay_run", run.pk, show="1099")
    assert [row.pay.name for row in response.context["rows"]] == ["Dana Whitfield"]
    assert str(response.context["sums"].gross) == "50.00"
    assert [one["count"] for one in response.context["segment"]] == [3, 2, 1]
    assert "Lines, people and total agree, to the cent" in response.content.decode()


def test_what_a_file_lacks_is_said_before_the_approval_and_does_not_stop_it(room: Room) -> None:
    run, who = room.computed()
    with room.open():
        services.map_payee(actor=room.desk.owner, clinician_id=who["ana"].pk, target="gusto", external_id="5g9934")
    response = room.ask("pay_run", run.pk)
    page, asks = response.content.decode(), response.context["asks"]
    assert [one.severity for one in asks] == ["lack", "lack"]
    assert ["Ben Okafor" in asks[0].what, "Dana Whitfield" in asks[1].what] == [True, True]
    assert asks[0].url.endswith(f"#gusto-{who['ben'].pk}")
    assert "The file for W-2 is not made until it is there; approving can go on." in page
    assert "2 to fix" in page
    assert not response.context["stops"]
    room.act("approve", run)
    assert room.status(run) == "approved"


def test_a_provider_for_whom_nothing_is_entered_is_not_asked_about(room: Room) -> None:
    run, _ = room.computed()
    response = room.ask("pay_run", run.pk)
    assert response.context["asks"] == []
    assert "Ready to approve" in response.content.decode()


def test_a_class_in_which_nobody_is_leads_nowhere_dead(room: Room) -> None:
    who, schedule = room.staff(), room.schedule()
    room.paid(who["ana"], "100.00")
    page = room.get("pay_run", room.compute(room.opened(schedule)).pk, show="1099")
    assert "Nobody in this run is paid as 1099." in page
    assert "Lines, people and total agree" in page


def test_what_does_not_add_up_is_said_and_cannot_be_approved(room: Room) -> None:
    run, _ = room.computed()
    with room.open():
        PayRun.objects.filter(pk=run.pk).update(gross=Decimal("190.01"))
    page = room.get("pay_run", run.pk)
    assert "The run does not add up" in page
    assert "The lines come to $190.00, the people to $190.00, the run to $190.01." in page
    assert url("approve_pay_run", run.pk) not in page


def test_the_difference_to_the_run_before_is_shown(room: Room) -> None:
    run, who = room.computed()
    room.act("approve", run)
    with room.open(), at(1, 12):
        after = services.open_run(actor=room.desk.owner, schedule_id=run.schedule_id)
        services.add_manual_line(
            actor=room.desk.owner,
            run_id=after.pk,
            clinician_id=who["ana"].pk,
            kind="bonus",
            amount=Decimal("30.00"),
            reason="Intake week",
        )
        services.compute(actor=room.desk.owner, run_id=after.pk)
    page = room.get("pay_run", after.pk)
    assert "−$160.00" in page
    assert "on last run" in page


def test_each_finding_leads_to_what_clears_it(room: Room) -> None:
    who, schedule = room.staff(), room.schedule()
    with room.open():
        vera = room.desk.clinician("Vera Stone Jr. IV", "w2_exempt")
        terms = room.desk.terms(vera)
    room.paid(vera, "70.00")
    for day in range(2, 7):
        room.hours(who["ben"], day, "8.30")
    room.paid(who["dana"], "80.00", 4)
    response = room.ask("pay_run", room.compute(room.opened(schedule)).pk)
    found = {one.what: one for one in response.context["findings"]}
    rules = found["Vera Stone Jr. IV has 1 session and no pay rules on their days"]
    assert (rules.act, rules.url) == ("Add rules", url("pay_rules_of", terms.pk))
    premium = found["Ben Okafor: 1.5 hours over 40 in the week of Nov 1"]
    assert premium.act == "Enter the premium"
    assert premium.url.endswith(f"?kind=overtime&who={who['ben'].pk}&week=2026-11-01&hours=1.50")
    held = found["Dana Whitfield: $40.00 held, 1 unsigned note"]
    assert (held.act, held.url) == ("See the notes", f"{url('documentation')}?clinician={who['dana'].pk}")
    assert [one.stops for one in response.context["findings"]] == [True, True, False]
    page = response.content.decode()
    assert "2 to fix" in page
    assert "2 things to fix before you approve" in page
    assert 'aria-disabled="true"' in page
    assert url("approve_pay_run", response.context["run"].pk) not in page


def test_one_thing_to_fix_is_what_the_dock_leads_to(room: Room) -> None:
    who, schedule = room.staff(), room.schedule()
    for day in range(2, 7):
        room.hours(who["ben"], day, "8.30")
    page = room.get("pay_run", room.compute(room.opened(schedule)).pk)
    dock = page.partition('id="dock"')[2]
    assert "Ben Okafor: 1.5 hours over 40 in the week of Nov 1" in dock
    assert 'class="btn btn-primary btn-l" href="/p/fernhollow/payroll/runs/' in dock


def test_many_findings_that_stop_nothing_are_folded(room: Room) -> None:
    run, who = room.computed()
    told = [
        {"code": "carried", "severity": "info", "words": f"Ana Reyes: {number}.", "clinician_id": who["ana"].pk}
        for number in range(9)
    ]
    with room.open():
        PayRun.objects.filter(pk=run.pk).update(findings=told)
    page = room.get("pay_run", run.pk)
    assert "5 more" in page
    assert all(f"Ana Reyes: {number}" in page for number in range(9))


def test_a_run_that_pays_nobody_says_so_and_can_be_approved(room: Room) -> None:
    room.staff()
    run = room.compute(room.opened(room.schedule()))
    page = room.get("pay_run", run.pk)
    assert "This run pays nobody" in page
    assert "Approve 0 people · $0.00" in page


def test_somebody_who_left_is_named_with_the_day(room: Room) -> None:
    who, schedule = room.staff(), room.schedule()
    with room.open():
        terms = room.desk.terms(who["dana"])
        type(terms).objects.filter(pk=terms.pk).update(ends_on=dt.date(2026, 10, 30))
    room.paid(who["dana"], "80.00", 20, month=10, signed_at=dt.datetime(2026, 10, 21, tzinfo=dt.UTC))
    with room.open():
        type(schedule).objects.filter(pk=schedule.pk).update(starts_on=dt.date(2026, 10, 1))
    page = room.get("pay_run", room.compute(room.opened(schedule)).pk)
    assert "50% of collected, left on Oct 30" in page
    assert "Dana Whitfield left on Oct 30" in page


def test_a_run_takes_few_statements_however_many_it_pays(room: Room) -> None:
    run, _ = room.computed()
    few = room.statements("pay_run", run.pk)
    with room.open():
        for number in range(6):
            more = room.desk.clinician(f"Kay Lund{number}", "w2_exempt")
            room.desk.rules(more, {"method": "flat", "amount": Decimal("50.00"), "name": "Each"})
            room.desk.insurer_pays(room.desk.session(more), "90.00")
    room.compute(run)
    assert room.statements("pay_run", run.pk) == few
    assert few <= MOST, few
