"""Two runs at the same moment, with real commits: an event is paid once. And a run computed by due work."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from payroll import services
from payroll.models import PayLine, PayRun
from payroll.services import work
from practice import clock, due
from practice.models import DueWork, PracticePayer
from practice.tenancy.context import practice_context
from tests.billing.remittances.test_at_once import in_threads
from tests.payroll.desk import Desk, at, share
from tests.people import NOW, make_cast

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def opened(desk: Desk) -> Any:
    return practice_context(desk.practice.pk, phi=True)


@pytest.fixture
def desk() -> Desk:
    with clock.at(NOW):
        cast = make_cast()
        with transaction.atomic(), practice_context(cast.fernhollow.pk, phi=True):
            payer = PracticePayer.objects.create(name="Keystone Mutual", payer_id="KEY01")
            return Desk(cast.fernhollow, cast.actor(cast.alice), payer)


def two_runs(desk: Desk) -> list[PayRun]:
    """A regular and an off-cycle run that both could pay the same three sessions."""
    with transaction.atomic(), opened(desk):
        ana = desk.clinician()
        desk.rules(ana, share("0.60"), unsigned="flag")
        schedule = desk.schedule()
        with at(12):
            for day in (3, 4, 5):
                desk.insurer_pays(desk.session(ana, day), "100.00")
        with clock.at(NOW):
            one = services.open_run(actor=desk.owner, schedule_id=schedule.pk)
            two = services.open_off_cycle_run(actor=desk.owner, schedule_id=schedule.pk, pay_on=dt.date(2026, 11, 18))
    return [one, two]


def test_two_runs_that_compute_at_once_pay_each_event_once(desk: Desk) -> None:
    runs = two_runs(desk)

    def job(run: PayRun) -> Any:
        def compute() -> None:
            with transaction.atomic(), opened(desk):
                services.compute(actor=desk.owner, run_id=run.pk)

        return compute

    assert in_threads(*(job(run) for run in [*runs, *runs])) == []
    with transaction.atomic(), opened(desk):
        lines = list(PayLine.objects.all())
        found = [PayRun.objects.get(pk=run.pk) for run in runs]
    assert len({line.event_key for line in lines}) == len(lines) == 3
    assert sorted(str(run.gross) for run in found) == ["0.00", "180.00"]


def test_a_worker_computes_what_was_asked_for_and_strikes_it_off(desk: Desk) -> None:
    run = two_runs(desk)[0]
    with clock.at(NOW):
        with transaction.atomic(), opened(desk):
            assert services.ask_to_compute(actor=desk.owner, run_id=run.pk).work == "waiting"
        assert DueWork.objects.filter(kind=work.KIND).count() == 1
        due.perform(due.Due(work.KIND, desk.practice.pk, str(run.pk)))
        due.perform(due.Due(work.KIND, desk.practice.pk, str(run.pk)))
    with transaction.atomic(), opened(desk):
        found = PayRun.objects.get(pk=run.pk)
    assert (found.status, found.work, str(found.gross)) == ("computed", "idle", "180.00")
    assert DueWork.objects.filter(kind=work.KIND).count() == 0


def test_a_failure_changes_nothing_and_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    run = two_runs(desk)[0]

    def broken(*_: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("payroll.services.writing.write", broken)
    with clock.at(NOW):
        with transaction.atomic(), opened(desk):
            services.ask_to_compute(actor=desk.owner, run_id=run.pk)
        with pytest.raises(RuntimeError, match="broken"):
            due.perform(due.Due(work.KIND, desk.practice.pk, str(run.pk)))
    with transaction.atomic(), opened(desk):
        found = PayRun.objects.get(pk=run.pk)
    assert (found.status, found.work) == ("draft", "failed")
    assert found.trouble.startswith("Something went wrong on our side.")
    assert DueWork.objects.filter(kind=work.KIND).count() == 1
