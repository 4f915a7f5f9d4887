"""Claims leave and answers come back: bytes over SFTP to a real payer, and its 999, 277CA and 835."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from billing.claims import sending
from billing.claims.leaving import SEND
from billing.clearinghouses import polling
from billing.clearinghouses.opening import login_of
from billing.clearinghouses.protocol import CallInsideTransactionError
from billing.clearinghouses.sftp import SftpClearinghouse, offered_key
from billing.connections import checking
from billing.models import ClaimEvent, InboundFile, InboundTransaction, Remittance, Request
from practice import clock, files
from practice.models import DueWork
from tests.billing.sending.hands import Line, check
from tests.sandbox.running import wait_for

REAL = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
pytestmark = REAL


def test_a_file_arrives_under_its_name_with_every_byte(line: Line) -> None:
    request = line.send(line.ready(2))
    assert request.status == Request.Status.SENT
    assert line.received() == [request.filename]
    with line.inside():
        assert (line.folder / request.filename).read_bytes() == files.read(request.file)
    assert line.claims() == {"sent"}


def test_the_payer_answers_and_every_answer_is_applied(line: Line) -> None:
    line.send(line.ready(2))
    wait_for(lambda: [name for name in line.sandbox.names() if name.startswith("835")], "an 835")
    arrived = line.poll()
    assert {row.status for row in arrived} == {InboundFile.Status.READ}
    with line.inside():
        kinds = set(InboundTransaction.objects.values_list("kind", flat=True))
        assert kinds == {"TA1", "999", "277CA", "835"}
        assert set(InboundTransaction.objects.values_list("status", flat=True)) == {"applied"}
        assert Request.objects.get().status == Request.Status.ACKNOWLEDGED
        assert [row.is_sandbox for row in Remittance.objects.all()] == [True]
        told = set(ClaimEvent.objects.values_list("source", flat=True))
    assert {"837P", "999"} <= told
    assert line.claims() <= {"accepted", "paid", "partially_paid"}


def test_a_second_look_fetches_nothing_twice(line: Line) -> None:
    line.send(line.ready())
    wait_for(lambda: [name for name in line.sandbox.names() if name.startswith("835")], "an 835")
    first = line.poll()
    assert [row.pk for row in line.poll()] == [row.pk for row in first]
    assert {row.status for row in first} == {InboundFile.Status.READ}


def test_every_look_plans_the_next_one(line: Line) -> None:
    line.poll()
    (planned,) = DueWork.objects.filter(kind=polling.POLL)
    assert 0 < (planned.due_at - clock.now()).total_seconds() <= 30
    assert line.connection().last_polled_at == clock.now()


def test_sending_twice_sends_once(line: Line) -> None:
    request = line.send(line.ready())
    line.send(request)
    with line.inside():
        assert Request.objects.get().attempts == 1
    assert not line.planned(SEND)


@pytest.mark.parametrize("call", [sending.send, polling.poll, checking.check])
def test_no_worker_calls_out_inside_a_transaction(line: Line, call: Callable[[int, str], None]) -> None:
    with transaction.atomic(), pytest.raises(CallInsideTransactionError):
        call(line.practice_id, "1")


def test_no_line_is_opened_inside_a_transaction(line: Line) -> None:
    login = login_of(line.connection())
    with transaction.atomic(), pytest.raises(CallInsideTransactionError):
        offered_key(login.host, login.port)
    with transaction.atomic(), pytest.raises(CallInsideTransactionError), SftpClearinghouse(login):
        pytest.fail("a line was opened")


def test_an_open_line_does_nothing_inside_a_transaction(line: Line) -> None:
    inside = pytest.raises(CallInsideTransactionError)
    with SftpClearinghouse(login_of(line.connection())) as open_line, transaction.atomic(), inside:
        open_line.list_inbound()


def test_the_check_shows_the_key_and_trusts_nothing_by_itself(line: Line) -> None:
    line.connection(host_key="")
    seen = check(line)
    assert seen.offered_host_key.split()[:2] == line.sandbox.facts["host_key"].split()[:2]
    assert (seen.host_key, seen.trouble) == ("", "")
