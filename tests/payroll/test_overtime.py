"""Overtime is not computed yet: where it may be due, the run is not approved before a premium stands for the week."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from clinicians.models import Engagement
from payroll import services
from payroll.calculation.overtime import NOT_COMPUTED, Worked, by_day, findings
from payroll.errors import PayrollRefusedError
from practice.models import Location
from tests.payroll.desk import Desk, at, fixed, share

SUNDAY = 6
FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 15)


def person(hours: dict[int, str], **facts: object) -> Worked:
    days = {dt.date(2026, 11, day): Decimal(value) for day, value in hours.items()}
    return Worked(clinician_id=7, name="Tomás Ibarra", by_day=days, **facts)  # type: ignore[arg-type]


def said(one: Worked) -> list[str]:
    return [found.words for found in findings(one, FIRST, LAST, SUNDAY)]


def test_forty_hours_are_no_overtime_and_a_minute_more_is() -> None:
    assert said(person(dict.fromkeys(range(2, 7), "8"))) == []
    assert said(person(dict.fromkeys(range(2, 7), "8.3"))) == [
        f"Tomás Ibarra: 1.5 hours over 40 in the week of Nov 1. {NOT_COMPUTED}"
    ]


def test_a_week_that_straddles_belongs_to_the_run_in_which_it_ends() -> None:
    straddling = person({15: "5", 16: "9", 17: "9", 18: "9", 19: "9"})
    assert said(straddling) == []
    assert len(findings(straddling, dt.date(2026, 11, 16), dt.date(2026, 11, 30), SUNDAY)) == 1


def test_a_states_limit_for_a_day_is_kept_and_a_premium_for_the_week_answers_it() -> None:
    assert said(person({3: "9"}, daily_limit=Decimal(8)))[0].startswith("Tomás Ibarra: 9 hours on Nov 3, over 8.")
    assert said(person({3: "9"}, daily_limit=Decimal(8), premium_weeks={dt.date(2026, 11, 1)})) == []
    assert said(person({3: "9"})) == []


def test_hours_that_come_to_light_late_are_looked_at_again() -> None:
    october = {dt.date(2026, 10, day): Decimal(9) for day in range(19, 24)}
    late = Worked(clinician_id=7, name="Tomás", by_day=october, late_weeks={dt.date(2026, 10, 18)})
    assert len(findings(late, FIRST, LAST, SUNDAY)) == 1


def test_sessions_count_where_no_session_hours_were_entered_and_time_off_never() -> None:
    day, other = dt.date(2026, 11, 3), dt.date(2026, 11, 4)
    entered = [(day, "sessions", Decimal(5)), (day, "notes", Decimal(1)), (other, "time_off", Decimal(8))]
    assert by_day(entered, {day: Decimal(6), other: Decimal(2)}) == {day: Decimal(6), other: Decimal(2)}


def test_a_run_waits_for_the_premium_of_each_week(desk: Desk) -> None:
    tomas = desk.clinician("Tomás Ibarra", Engagement.Kind.W2_NONEXEMPT)
    desk.rules(tomas, fixed("31.50", "hourly"))
    schedule = desk.schedule()
    with at(12):
        for day in range(2, 7):
            services.add_hours(
                actor=desk.owner,
                clinician_id=tomas.pk,
                worked_on=dt.date(2026, 11, day),
                kind="notes",
                hours=Decimal("8.30"),
            )
    with at(16):
        run = desk.run(schedule)
        with pytest.raises(
            PayrollRefusedError, match=r"1.5 hours over 40 in the week of Nov 1. Overtime is not computed"
        ):
            services.approve(actor=desk.owner, run_id=run.pk)
        services.add_manual_line(
            actor=desk.owner,
            run_id=run.pk,
            clinician_id=tomas.pk,
            kind="overtime",
            amount=Decimal("23.63"),
            reason="1.5 hours over 40",
            week_of=dt.date(2026, 11, 4),
        )
        with pytest.raises(PayrollRefusedError, match=r"Compute it again"):
            services.approve(actor=desk.owner, run_id=run.pk)
        run = desk.compute(run)
        services.approve(actor=desk.owner, run_id=run.pk)
    assert str(run.gross) == "1330.88"


def test_sessions_of_a_non_exempt_employee_count_and_california_has_a_day(desk: Desk) -> None:
    place = Location.objects.create(name="Oakland", state="CA")
    ana = desk.clinician(kind=Engagement.Kind.W2_NONEXEMPT, location=place)
    exempt = desk.clinician("Ben Okafor", Engagement.Kind.W2_EXEMPT, location=place)
    for who in (ana, exempt):
        desk.rules(who, share("0.60"))
    schedule = desk.schedule()
    with at(12):
        for hour in range(8, 17):
            desk.session(ana, 3, hour=hour)
            desk.session(exempt, 3, hour=hour)
    with at(16):
        run = desk.run(schedule)
    words = [one["words"] for one in run.findings if one["code"] == "overtime"]
    assert words == [
        "Ana Reyes: 9 hours on Nov 3, over 8. Overtime is not computed yet; enter the premium as a line by hand."
    ]


@pytest.mark.parametrize(("kind", "again"), [("sessions", 0), ("notes", 1)])
def test_a_session_confirmed_late_matters_where_its_hours_were_not_entered(desk: Desk, kind: str, again: int) -> None:
    tomas = desk.clinician("Tomás Ibarra", Engagement.Kind.W2_NONEXEMPT)
    desk.rules(tomas, fixed("31.50", "hourly"))
    schedule = desk.schedule()
    with at(12):
        for day in range(2, 7):
            worked_on = dt.date(2026, 11, day)
            services.add_hours(
                actor=desk.owner, clinician_id=tomas.pk, worked_on=worked_on, kind=kind, hours=Decimal("8.30")
            )
    with at(16):
        run = desk.run(schedule)
        services.add_manual_line(
            actor=desk.owner,
            run_id=run.pk,
            clinician_id=tomas.pk,
            kind="overtime",
            amount=Decimal("23.63"),
            reason="1.5 hours over 40",
            week_of=dt.date(2026, 11, 4),
        )
        desk.finish(desk.compute(run))
    with at(20):
        desk.session(tomas, 4)
    with at(1, month=12):
        run = desk.run(schedule)
    assert sum(one["code"] == "overtime" for one in run.findings) == again
