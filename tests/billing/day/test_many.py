"""A thousand sessions take a fixed number of statements for each chunk, and two clicks at once charge once."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from billing.day import running
from billing.models import BillingRun, Charge
from practice import clock
from practice.models import Practice
from practice.tenancy.context import practice_context
from scheduling.models import Attendance
from tests.billing.day.hands import Desk
from tests.people import NOW, make_cast
from tests.scheduling.readiness import made


def statements(desk: Desk, run: BillingRun) -> int:
    with CaptureQueriesContext(connection) as queries:
        running.perform(desk.practice.pk, str(run.pk))
    return len(queries)


def test_a_chunk_takes_the_same_number_of_statements_for_few_and_many(desk: Desk) -> None:
    few = statements(desk, desk.start(desk.session(), desk.session()))
    many = statements(desk, desk.start(*(desk.session() for _ in range(150))))
    assert many == few
    assert Charge.objects.count() == 152


@pytest.fixture
def committed(transactional_db: None) -> Any:
    """A practice whose rows other connections see."""
    with clock.at(NOW):
        people = make_cast()
        with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True, rates=True):
            desk = Desk(people, made.practice())
            rows = [desk.session() for _ in range(5)]
            runs = [desk.start(*rows), desk.start(*reversed(rows))]
        yield desk.practice, rows, runs


@pytest.mark.long
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_thousand_ready_sessions(transactional_db: None, capsys: pytest.CaptureFixture[str]) -> None:
    with clock.at(NOW):
        people = make_cast()
        with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True, rates=True):
            desk = Desk(people, made.practice())
            run = desk.start(*(desk.session() for _ in range(1000)))
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")
        started = time.perf_counter()
        running.perform(people.fernhollow.pk, str(run.pk))
        took = time.perf_counter() - started
        with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True):
            run.refresh_from_db()
    assert len(run.billed_ids) == 1000
    with capsys.disabled():
        print(f"\n1,000 ready sessions billed in {took:.2f} s")  # noqa: T201 - the figure is the point


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_clicks_at_once_charge_once(committed: tuple[Practice, list[Attendance], list[BillingRun]]) -> None:
    practice, rows, runs = committed
    together = threading.Barrier(len(runs) * 2)
    errors: list[BaseException] = []

    def work(run: BillingRun) -> None:
        try:
            with clock.at(NOW):
                together.wait()
                running.perform(practice.pk, str(run.pk))
        except BaseException as error:  # noqa: BLE001 - told in the main thread
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(run,)) for run in [*runs, *runs]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with transaction.atomic(), practice_context(practice.pk, phi=True):
        assert sorted(Charge.objects.values_list("attendance_id", flat=True)) == sorted(row.pk for row in rows)
        done = BillingRun.objects.order_by("pk")
        assert [run.status for run in done] == ["done", "done"]
        assert sorted(number for run in done for number in run.billed_ids) == sorted(row.pk for row in rows)
