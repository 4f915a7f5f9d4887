"""From the calendar to the ledger: one click, a worker, and the figures that must agree afterwards."""

from __future__ import annotations

import datetime as dt
from typing import Any

from billing import footing
from billing.day import selectors, services
from billing.money import overview
from desk.rehearsal import plan
from desk.rehearsal.building import Made
from desk.rehearsal.stages import Figure, Report
from desk.rehearsal.waiting import RehearsalError, until
from desk.rehearsal.weeks import at
from practice import clock
from practice.money import ZERO, total
from scheduling.policies import visible_attendances


def bill(made: Made, report: Report) -> None:
    """Presses the one button for everything open, waits for the worker, and reports each figure."""
    moment = clock.instant(made.staff.owner.practice, plan.BILLED_ON, dt.time(10))
    with at(made.staff.owner, moment):
        board = selectors.all_open(made.staff.biller, made.staff.owner.practice)
        ready = Figure(len(board.ready), board.ready_amount)
        left = Figure(board.left, board.left_amount)
        run = services.bill(
            actor=made.staff.biller,
            practice=made.staff.owner.practice,
            attendance_ids=[row.id for row in board.ready],
            attested=True,
        )
    _wait(made, run, moment)
    with at(made.staff.owner, moment):
        report.stage("Planned to be billed", plan.to_bill())
        report.stage("Sessions ready on the billing day", ready)
        report.stage("Left open: the note is missing", left)
        report.agree(plan.to_bill(), ready, "What was planned is what is ready")
        report.agree(plan.left_open(), left, "What lacks its note is left")
        _confirmed(made, run, ready, report)
        _in_the_ledger(made, report)


def _wait(made: Made, run: Any, moment: dt.datetime) -> None:
    def is_done() -> bool:
        with at(made.staff.owner, moment):
            run.refresh_from_db()
        if run.trouble:
            raise RehearsalError(f"The billing met trouble: {run.trouble}")
        return bool(run.status == run.Status.DONE)

    until(is_done, "a worker that finished the billing")


def _confirmed(made: Made, run: Any, ready: Figure, report: Report) -> None:
    rows = visible_attendances(made.staff.biller).filter(status="confirmed")
    fees = [row.fee or ZERO for row in rows]
    confirmed = report.stage("Sessions confirmed", Figure(len(fees), total(fees)))
    result = selectors.result(run)
    shown = report.stage("Billed, as the page says", Figure(result.count, result.billed))
    report.agree(ready, confirmed, "What was ready is confirmed")
    report.agree(confirmed, shown, "What is confirmed is what the page says was billed")
    report.agree(Figure(0), Figure(len(run.left)), "The click left nothing of what was ready")


def _in_the_ledger(made: Made, report: Report) -> None:
    biller, confirmed = made.staff.biller, report.stages[-2].figure
    charges = report.stage("Charges", Figure(*footing.charges(biller)))
    entries, credit = footing.account(biller, "revenue", posted_on=plan.BILLED_ON)
    revenue = report.stage("Ledger revenue, posted that day", Figure(entries, -credit))
    insurers = report.stage("Insurers owe", Figure(*footing.account(biller, "insurer_receivable")))
    clients = report.stage("Clients owe", Figure(*footing.account(biller, "client_receivable")))
    _, sum_of_all = footing.ledger(biller)
    report.agree(confirmed, charges, "Every confirmed session has its charge")
    report.agree(charges, revenue, "Every charge is revenue of the day it was posted")
    report.agree(revenue, insurers.plus(clients), "Revenue is owed by insurers and clients")
    report.agree(plan.of_insurers(), insurers, "Insurers owe what was planned, less copays")
    report.agree(Figure(None), Figure(None, sum_of_all), "The ledger sums to zero")
    _by_client(made, insurers, clients, report)


def _by_client(made: Made, insurers: Figure, clients: Figure, report: Report) -> None:
    money = overview.client_money(made.staff.owner.actor, show=overview.ALL)
    by_insurer = Figure(None, total(row.insurers_owe for row in money.rows))
    by_client = Figure(None, total(row.owes for row in money.rows))
    report.agree(by_insurer, insurers, "The clients' accounts foot to what insurers owe")
    report.agree(by_client, clients, "The clients' accounts foot to what clients owe")
