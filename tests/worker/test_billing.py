"""One click with a real worker: it bills and makes claims, and what a killed worker left is done once by the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.db import connection, connections, transaction

from billing.day.running import CHUNK
from billing.models import Batch, BatchClaim, BillingRun, Charge, Claim, ClaimLine, ClaimNumber, Entry, LedgerLine
from practice import clock, tasks
from practice.models import DueWork
from practice.tenancy.context import practice_context
from scheduling.models import Attendance
from tests import processes
from tests.billing.claims.hands import connect
from tests.billing.day.hands import Desk, accounts
from tests.people import NOW, make_cast
from tests.processes import wait_until
from tests.scheduling.readiness import made

REAL = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
FEE = Decimal("142.10")
SWEPT = NOW + dt.timedelta(minutes=2)


@dataclass
class Click:
    """One press of the button on sessions that are ready."""

    desk: Desk
    rows: list[Attendance]
    run: BillingRun

    @contextmanager
    def inside(self) -> Iterator[None]:
        with transaction.atomic(), practice_context(self.desk.practice.pk, phi=True, rates=True):
            yield

    def handled(self) -> int:
        with self.inside():
            self.run.refresh_from_db()
        return self.run.handled

    def is_done(self) -> bool:
        self.handled()
        return bool(self.run.status == BillingRun.Status.DONE)


@pytest.fixture(autouse=True)
def empty_queue() -> None:
    processes.empty_queue()


def press(count: int) -> Click:
    """Commits a practice with so many ready sessions, then presses the button."""
    with clock.at(NOW):
        people = make_cast()
        with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True, rates=True):
            desk = Desk(people, made.practice())
            connect()
            rows = [desk.session() for _ in range(count)]
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does wherever rows have stood for a minute
        with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True, rates=True):
            return Click(desk, rows, desk.start(*rows))


def assert_billed_once(click: Click) -> None:
    """Every session has one charge and one entry; the money is all there."""
    ids = sorted(row.pk for row in click.rows)
    with click.inside():
        assert sorted(Charge.objects.values_list("attendance_id", flat=True)) == ids
        assert Entry.objects.count() == len(ids)
        assert accounts() == {"insurer_receivable": FEE * len(ids), "revenue": -FEE * len(ids)}
        assert sorted(click.run.billed_ids) == ids
        assert set(Attendance.objects.values_list("status", flat=True)) == {"confirmed"}
        assert_claimed_once(ids)
    assert not DueWork.objects.filter(kind="billing.run").exists()


def assert_claimed_once(ids: list[int]) -> None:
    """One claim for each session, with one line and one number, all of them in one batch that waits."""
    claims = dict(Claim.objects.values_list("pk", "attendance_id"))
    assert sorted(claims.values()) == ids
    assert set(Claim.objects.values_list("status", "total")) == {("batched", FEE)}
    assert sorted(ClaimLine.objects.values_list("claim_id", flat=True)) == sorted(claims)
    assert sorted(ClaimNumber.objects.values_list("claim_id", flat=True)) == sorted(claims)
    assert sorted(BatchClaim.objects.values_list("claim_id", flat=True)) == sorted(claims)
    assert list(Batch.objects.values_list("status", flat=True)) == ["waiting"]


@REAL
def test_a_worker_bills_what_the_click_asked_for() -> None:
    with processes.worker() as worker:
        click = press(3)
        wait_until(lambda: click.is_done() or not worker.lives, "the billing's end")
        assert click.run.status == BillingRun.Status.DONE, worker.said
    assert_billed_once(click)
    with click.inside():
        posted = LedgerLine.objects.values_list("posted_on", flat=True).distinct()
        assert list(posted) == [clock.local(click.desk.practice, NOW).date()]


def somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.long
@REAL
@pytest.mark.parametrize(("caught_at", "kept"), [(50, 0), (CHUNK + 50, CHUNK)], ids=["first-chunk", "second-chunk"])
def test_what_a_killed_worker_left_is_billed_once_by_the_next(caught_at: int, kept: int) -> None:
    """A row of the chunk is held, so that the worker is in the middle of its transaction when it is killed."""
    click = press(CHUNK + 100)
    with processes.worker() as doomed, click.inside():
        Attendance.objects.select_for_update().get(pk=click.rows[caught_at].pk)
        wait_until(lambda: somebody_waits_for_us() or not doomed.lives, "the worker at the held row")
        assert doomed.lives, doomed.said
        doomed.kill()
    assert (click.handled(), click.run.status) == (kept, "running" if kept else "waiting")
    with click.inside():
        assert Charge.objects.count() == Claim.objects.count() == BatchClaim.objects.count() == kept
    with processes.worker() as successor:
        with clock.at(SWEPT):
            tasks.sweep()
        wait_until(lambda: click.is_done() or not successor.lives, "the billing's end")
        assert click.run.status == BillingRun.Status.DONE, successor.said
    assert_billed_once(click)
