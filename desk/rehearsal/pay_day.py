"""Pay day: rules, payments at the desk, hours and lines by hand, and the run that the worker computes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from billing.money import services as money
from clinicians.policies import visible_clinicians
from desk.rehearsal import pay_plan, plan
from desk.rehearsal.building import Made
from desk.rehearsal.pay_files import ADP_RUN, CONTRACTORS, GUSTO, TARGETS
from desk.rehearsal.waiting import RehearsalError, until
from desk.rehearsal.weeks import at
from payroll import exports, selectors, services
from practice import clock


def begin(made: Made) -> Any:
    """Sets pay up, takes clients' payments, opens the run with what is entered by hand, and has it computed."""
    with at(made.staff.owner, moment(made)):
        _set_up(made)
        _take_payments(made)
        schedule = selectors.schedules(made.staff.owner.actor)[0]
        run = services.open_run(actor=made.staff.owner.actor, schedule_id=schedule.pk)
        _enter(made, run)
    return _computed(made, run.pk)


def go_on(made: Made, run: Any) -> Any:
    """Enters the premium that the hours over 40 ask for, and has the run computed again."""
    with at(made.staff.owner, moment(made)):
        _answer_overtime(made, run.pk)
    return _computed(made, run.pk)


def finish(made: Made, run: Any) -> dict[str, bytes]:
    """Approves the run, makes its files and locks it, inside the practice's context; the files by provider."""
    owner = made.staff.owner
    services.approve(actor=owner.actor, run_id=run.pk)
    files = {
        target: exports.export_run(run=run, target=target, actor=owner.actor, practice=owner.practice).content
        for target in TARGETS
    }
    services.lock(actor=owner.actor, run_id=run.pk)
    run.refresh_from_db()
    return files


def moment(made: Made) -> dt.datetime:
    """The morning of pay day."""
    return clock.instant(made.staff.owner.practice, pay_plan.COMPUTED_ON, dt.time(10))


def _set_up(made: Made) -> None:
    """Schedule, rules, and how providers know the practice and its people."""
    owner = made.staff.owner.actor
    services.add_schedule(actor=owner, name="Twice a month", frequency="semi_monthly", starts_on=pay_plan.STARTS_ON)
    for target in (GUSTO, ADP_RUN):
        company = pay_plan.COMPANY if target == ADP_RUN else ""
        exports.set_up_provider(actor=owner, target=target, company=company, salaries="provider")
    rows = {row.pk: row for row in visible_clinicians(owner)}
    for place, clinician_id in enumerate(made.staff.clinician_ids):
        terms = rows[clinician_id].engagements.get()
        rules = pay_plan.RULES[place]
        services.add_rule_set(actor=owner, engagement_id=terms.pk, starts_on=terms.starts_on, rules=rules)
        numbers = pay_plan.NUMBERS[place]
        if not numbers.gusto:
            services.map_payee(actor=owner, clinician_id=clinician_id, target=CONTRACTORS)
            continue
        services.map_payee(actor=owner, clinician_id=clinician_id, target=GUSTO, external_id=numbers.gusto)
        services.map_payee(actor=owner, clinician_id=clinician_id, target=ADP_RUN, external_id=numbers.adp_run)


def _take_payments(made: Made) -> None:
    """What clients pay at the desk on the day after the remittances."""
    on = plan.BILLED_ON + dt.timedelta(days=1)
    with clock.at(clock.instant(made.staff.owner.practice, on, dt.time(12))):
        for place, amount in pay_plan.PAYMENTS.items():
            client_id = made.clients[place].pk
            money.take_payment(
                actor=made.staff.biller, client_id=client_id, method="cash", amount=amount, received_on=on
            )


def _enter(made: Made, run: Any) -> None:
    """Hours of the one who is paid by the hour, and an amount by hand for the contractor."""
    owner, (_, contractor, hourly) = made.staff.owner.actor, made.staff.clinician_ids
    for day, hours in pay_plan.HOURS:
        services.add_hours(actor=owner, clinician_id=hourly, worked_on=day, kind="notes", hours=hours)
    services.add_manual_line(
        actor=owner,
        run_id=run.pk,
        clinician_id=contractor,
        kind="reimbursement",
        amount=pay_plan.PARKING,
        reason="Parking at the second office",
    )


def _answer_overtime(made: Made, run_id: int) -> None:
    services.add_manual_line(
        actor=made.staff.owner.actor,
        run_id=run_id,
        clinician_id=made.staff.clinician_ids[2],
        kind="overtime",
        amount=pay_plan.PREMIUM,
        reason="1.5 hours over 40",
        week_of=pay_plan.STARTS_ON,
        hours=pay_plan.OVERTIME,
    )


def _computed(made: Made, run_id: int) -> Any:
    """Asks for it as the button does, and waits for the worker."""
    owner, now = made.staff.owner, moment(made)
    with at(owner, now):
        run = services.ask_to_compute(actor=owner.actor, run_id=run_id)

    def is_done() -> bool:
        with at(owner, now):
            run.refresh_from_db()
        if run.trouble:
            raise RehearsalError(f"The pay run met trouble: {run.trouble}")
        return bool(run.work == run.Work.IDLE and run.status == run.Status.COMPUTED)

    until(is_done, "a worker that computed the pay run")
    return run
