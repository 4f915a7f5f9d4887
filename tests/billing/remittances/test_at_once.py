"""The same money twice at the same moment, with real commits: it is posted once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connections, transaction

from billing.inbound import reading
from billing.inbound.services import receive
from billing.models import Entry, InboundFile, Remittance
from billing.remittances import services
from billing.remittances.errors import NotReadyError
from practice import clock
from practice.tenancy.context import practice_context
from tests.billing.claim_factories import Bench, answer, books, file_of, make_bench, remittance
from tests.people import NOW, make_cast

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def in_threads(*jobs: Callable[[], object]) -> list[BaseException]:
    """Runs the jobs at once, each with its own connection; what they raised."""
    raised: list[BaseException] = []
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> None:
        try:
            with clock.at(NOW):
                gate.wait(10)
                job()
        except (ValueError, RuntimeError) as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


@pytest.fixture
def bench() -> Bench:
    with clock.at(NOW):
        cast = make_cast()
        with transaction.atomic(), practice_context(cast.fernhollow.pk, phi=True, rates=True):
            return make_bench(cast.fernhollow, cast.actor(cast.bob))


def opened(bench: Bench) -> Any:
    return practice_context(bench.practice.pk, phi=True, rates=True)


def take_in(bench: Bench, content: bytes, name: str) -> InboundFile:
    with transaction.atomic(), opened(bench):
        facts: Any = {"source": "upload", "connection": None, "actor": bench.biller, "practice": bench.practice}
        return receive(content, name=name, **facts)


def test_the_same_payment_in_two_files_read_at_once_is_one_remittance(bench: Bench) -> None:
    with clock.at(NOW):
        with transaction.atomic(), opened(bench):
            said = remittance(answer(bench.claim("150.00"), "150.00"))
        rows = [take_in(bench, file_of(said, control=control), f"{control}.835") for control in (1, 2)]
        number = bench.practice.pk
        jobs = [partial(reading.perform, number, str(row.pk)) for row in rows]
        assert in_threads(*jobs) == []
        with transaction.atomic(), opened(bench):
            assert sorted(Remittance.objects.values_list("status", flat=True)) == ["duplicate", "ready"]


def test_the_same_file_received_at_once_is_stored_once_and_told_once(bench: Bench) -> None:
    with clock.at(NOW):
        with transaction.atomic(), opened(bench):
            content = file_of(remittance(answer(bench.claim("150.00"), "150.00")))
        jobs = [partial(take_in, bench, content, name) for name in ("a.835", "b.835")]
        assert in_threads(*jobs) == []
        with transaction.atomic(), opened(bench):
            assert sorted(InboundFile.objects.values_list("status", flat=True)) == ["duplicate", "stored"]


def test_posting_at_once_posts_once(bench: Bench) -> None:
    with clock.at(NOW):
        with transaction.atomic(), opened(bench):
            content = file_of(remittance(answer(bench.claim("150.00", copay="25.00"), "125.00", "PR-3 25.00")))
        row = take_in(bench, content, "a.835")
        reading.perform(bench.practice.pk, str(row.pk))
        with transaction.atomic(), opened(bench):
            found = Remittance.objects.get()

        def post() -> None:
            with transaction.atomic(), opened(bench):
                services.post(found.pk, actor=bench.biller, practice=bench.practice)

        raised = in_threads(post, post, post)
        assert [type(error) for error in raised] == [NotReadyError] * 2
        with transaction.atomic(), opened(bench):
            assert Entry.objects.filter(kind=Entry.Kind.REMITTANCE).count() == 1
            assert books() == {"client_receivable": "25.00", "payer_clearing": "125.00", "revenue": "-150.00"}
