"""Claims leave over HTTP under a key: taken once whatever happens on the way, and never blindly after a day."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from billing.claims import repeating, sending, settling
from billing.claims.leaving import SEND
from billing.clearinghouses.opening import login_of, open_line
from billing.clearinghouses.protocol import (
    CallInsideTransactionError,
    Capability,
    ClearinghouseError,
    InboundRef,
    RefusedError,
)
from billing.models import Connection, ConnectionState, InboundFile, Request
from practice import clock, files
from practice.models import AuditEvent, DueWork
from practice.tenancy.context import practice_context
from tests import processes
from tests.billing.sending import stub as receiver
from tests.billing.sending.hands import NOW, Line, lay
from tests.billing.sending.stub import DROP, HANG, KEY, Taken
from tests.sandbox.running import Sandbox, wait_for

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
LAYOUT = {"name": "Sandbox payer (API)", "layout": "sandbox_api", "username": "API key", "host_key": ""}
A_DAY = dt.timedelta(hours=24)


@pytest.fixture
def stub() -> Iterator[Taken]:
    with receiver.running() as found:
        yield found


@pytest.fixture
def http(transactional_db: None, standing_clock: None, sandbox: Sandbox, stub: Taken) -> Line:
    """A line to the stub; `sandbox` is only there for the practice's builder."""
    processes.empty_queue()
    return lay(sandbox, **LAYOUT, password=KEY, port=stub.port)


@pytest.fixture
def real(transactional_db: None, standing_clock: None, sandbox: Sandbox) -> Line:
    """A line to the sandbox payer's API."""
    processes.empty_queue()
    return lay(sandbox, **LAYOUT, password="sandbox-key-caseload", port=sandbox.facts["http_port"])


def due_at(line: Line) -> dt.datetime | None:
    row = DueWork.objects.filter(kind=SEND, practice_id=line.practice_id).first()
    return row.due_at if row else None


def test_claims_go_to_the_sandbox_and_its_277ca_and_835_come_back(real: Line) -> None:
    request = real.send(real.ready(2))
    assert request.status == Request.Status.SENT
    wait_for(lambda: [name for name in real.sandbox.names() if name.startswith("835")], "an 835")
    found = real.poll()
    arrived = [one.status for one in found]
    assert arrived[0] == InboundFile.Status.READ
    assert arrived.count(InboundFile.Status.DUPLICATE) == 1, "the 277CA it gave at once is listed too"
    assert real.claims() == {"paid"} or real.claims() <= {"accepted", "paid", "partially_paid"}
    assert len(real.poll()) == len(found)
    assert real.connection().trouble == ""
    assert real.connection().last_contact_at == clock.now()


def test_what_it_says_at_once_is_stored_and_read_like_everything_that_comes_back(real: Line) -> None:
    request = real.send(real.ready())
    with real.inside():
        kept = InboundFile.objects.get()
        assert (kept.name, kept.connection_id) == (f"{request.filename}.277", real.number)
        assert b"ST*277" in files.read(kept.file)
    real.poll()
    assert "sent" not in real.claims()


def test_the_same_key_and_bytes_are_taken_once_by_the_sandbox(real: Line) -> None:
    request = real.ready()
    parcel = sending._lease(real.practice_id, request.pk)
    assert parcel is not None
    with open_line(parcel.login) as opened:
        first, second = opened.submit(parcel.item), opened.submit(parcel.item)
    assert first == second
    with pytest.raises(RefusedError, match="from another file"), open_line(parcel.login) as opened:
        opened.submit(type(parcel.item)("x", parcel.item.content + b"\n", parcel.item.key))


def test_it_can_be_asked_what_sftp_cannot(real: Line) -> None:
    with open_line(login_of(real.connection())) as opened:
        assert opened.capabilities == set(Capability)
        with pytest.raises(ClearinghouseError):
            opened.eligibility(b"nonsense", timeout=5)


@pytest.mark.parametrize("trouble", [DROP, 500, 503])
def test_after_a_break_the_same_bytes_go_again_under_the_same_key(http: Line, stub: Taken, trouble: Any) -> None:
    stub.troubles, stub.after = [(trouble, {})], True
    request = http.send(http.ready())
    assert request.status == Request.Status.UNKNOWN
    assert due_at(http) == NOW + repeating.FIRST_PAUSE
    assert http.claims() == {"batched"}
    assert http.send(request).status == Request.Status.SENT
    assert len({key for _, _, key in stub.calls}) == len(stub.taken) == 1
    with http.inside():
        assert json.loads(stub.taken[str(request.key)])["x12"].encode() == files.read(Request.objects.get().file)
    assert http.claims() == {"sent"}


def test_a_receiver_that_hangs_is_left_alone_and_asked_again_under_the_same_key(
    http: Line, stub: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("billing.clearinghouses.api._SECONDS", 0.3)
    stub.troubles = [(HANG, {})]
    request = http.send(http.ready())
    assert (request.status, "did not answer" in request.trouble) == (Request.Status.UNKNOWN, True)
    assert http.send(request).status == Request.Status.SENT
    assert len(stub.taken) == 1


def test_while_the_first_is_worked_on_it_waits_as_long_as_it_is_told(http: Line, stub: Taken) -> None:
    stub.troubles = [(409, {"Retry-After": "7"})]
    request = http.send(http.ready())
    assert (request.status, due_at(http)) == (Request.Status.UNKNOWN, NOW + dt.timedelta(seconds=7))


def test_too_many_requests_leave_it_here(http: Line, stub: Taken) -> None:
    stub.troubles = [(429, {})]
    request = http.send(http.ready())
    assert (request.status, due_at(http)) == (Request.Status.READY, NOW + dt.timedelta(minutes=1))
    assert stub.taken == {}


def test_a_refused_key_is_said_without_the_key(http: Line, stub: Taken) -> None:
    stub.troubles = [(401, {})]
    request = http.send(http.ready())
    assert (request.status, request.trouble) == (Request.Status.READY, "Sandbox payer (API) refused the API key.")
    assert http.connection().trouble == request.trouble
    with http.inside():
        assert KEY not in str(list(AuditEvent.objects.values_list("before", "after")))
    assert KEY not in repr(login_of(http.connection()))


def test_what_it_cannot_read_is_looked_at_by_a_person_and_its_claims_taken_back(http: Line, stub: Taken) -> None:
    stub.troubles = [(400, {})]
    request = http.send(http.ready())
    assert (request.status, due_at(http)) == (Request.Status.FAILED, None)
    assert request.trouble == "Sandbox payer (API) could not read it. It said: trouble"
    assert http.connection().trouble == ""
    with http.inside():
        settling.take_back(actor=http.post.bob, request_id=request.pk)
    assert (http.claims(), http.again(request).status) == ({"ready"}, Request.Status.REJECTED)


def test_another_body_under_the_key_is_looked_at_by_a_person(http: Line, stub: Taken) -> None:
    stub.troubles = [(422, {})]
    assert http.send(http.ready()).status == Request.Status.FAILED


def test_a_redirect_is_not_followed_and_carries_no_key_away(http: Line, stub: Taken) -> None:
    stub.troubles = [(307, {"Location": f"http://127.0.0.1:{stub.port}/elsewhere"})]
    request = http.send(http.ready())
    assert request.status == Request.Status.READY
    assert [path for _, path, _ in stub.calls if "elsewhere" in path] == []


def test_nothing_left_when_nobody_answers(http: Line, stub: Taken) -> None:
    request = http.ready()
    http.connection(port=1)
    request = http.send(request)
    assert request.status == Request.Status.READY
    assert "cannot be reached" in request.trouble


def test_after_a_day_the_key_says_nothing_and_a_person_is_asked(http: Line, stub: Taken) -> None:
    stub.troubles = [(500, {})] * 3
    request = http.send(http.ready())
    with clock.at(NOW + A_DAY):
        assert http.send(request).status == Request.Status.UNKNOWN
        assert due_at(http) is None
        assert len(stub.calls) == 1
        assert http.again(request).trouble == repeating.OVER
        with http.inside():
            settling.send_again(actor=http.post.bob, request_id=request.pk)
        stub.troubles = []
        assert http.send(request).status == Request.Status.SENT


def test_a_worker_that_died_is_followed_by_one_that_sends_the_same_again(http: Line, stub: Taken) -> None:
    request = http.ready()
    parcel = sending._lease(http.practice_id, request.pk)
    assert parcel is not None
    with open_line(parcel.login) as opened:
        opened.submit(parcel.item)
    with clock.at(NOW + sending.LEASE + dt.timedelta(seconds=1)):
        assert http.send(request).status == Request.Status.SENT
    assert len(stub.taken) == 1


def test_a_worker_that_died_a_day_ago_is_followed_by_a_question(http: Line, stub: Taken) -> None:
    request = http.ready()
    assert sending._lease(http.practice_id, request.pk) is not None
    with clock.at(NOW + A_DAY):
        assert http.send(request).status == Request.Status.UNKNOWN
    assert stub.calls == []


def test_nothing_is_called_inside_a_transaction(http: Line, stub: Taken) -> None:
    inside = practice_context(http.practice_id)
    login = login_of(http.connection())
    with pytest.raises(CallInsideTransactionError), open_line(login) as opened, transaction.atomic(), inside:
        opened.list_inbound()
    assert stub.calls == []


def item(place: str, at: str, **facts: str) -> dict[str, Any]:
    kind, guide = facts.get("kind", "835"), facts.get("guide", "005010X221A1")
    metadata = {"transaction": {"transactionSetIdentifier": kind}, "functionalGroup": {"release": guide}}
    direction = facts.get("direction", "INBOUND")
    return {"fileExecutionId": place, "processedAt": at, "direction": direction, "x12": {"metadata": metadata}}


def test_the_next_look_goes_on_an_hour_before_the_last_answer_and_page_after_page(http: Line, stub: Taken) -> None:
    stub.pages = [
        {"items": [item("a", "2026-04-01T10:00:00Z")], "nextPageToken": "two"},
        {"items": [item("b", "2026-04-01T11:00:00Z"), item("b", "2026-04-01T11:00:01Z")], "nextPageToken": "three"},
        {"items": [], "nextPageToken": "three"},
    ]
    for place in ("a", "b"):
        stub.documents[f"/2023-08-01/executions/{place}/input"] = (200, f"ISA {place}".encode())
    found = http.poll()
    assert [one.name for one in found] == ["a.x12", "b.x12"]
    assert [path.split("pageToken=")[1].split("&")[0] for _, path, _ in stub.calls if "pageToken" in path] == [
        "two",
        "three",
    ]
    assert ConnectionState.objects.get().cursor == "2026-04-01T11:00:01+00:00"
    stub.calls.clear()
    http.poll()
    assert "startDateTime=2026-04-01T10%3A00%3A01Z" in stub.calls[0][1]


def test_the_cursor_stays_before_what_could_not_be_fetched(http: Line, stub: Taken) -> None:
    stub.pages = [{"items": [item("a", "2026-04-01T10:00:00Z"), item("b", "2026-04-01T11:00:00Z")]}]
    stub.documents["/2023-08-01/executions/a/input"] = (200, b"ISA a")
    http.poll()
    assert ConnectionState.objects.get().cursor == "2026-04-01T10:00:00+00:00"
    assert http.connection().trouble == "b.x12 could not be fetched from Sandbox payer (API) (it said 404)."


def test_what_we_sent_and_answers_to_inquiries_are_not_fetched(http: Line, stub: Taken) -> None:
    at = "2026-04-01T10:00:00Z"
    own = item("a", at, direction="OUTBOUND", kind="837")
    stub.pages = [{"items": [own, item("b", at, kind="277", guide="005010X212"), item("c", at, kind="271")]}]
    assert http.poll() == []


def test_a_file_is_fetched_from_where_it_is_said_to_lie_without_the_key(http: Line, stub: Taken) -> None:
    where = f"http://127.0.0.1:{stub.port}/download"
    stub.documents = {
        "/2023-08-01/executions/a/input": (302, {"documentDownloadUrl": where}),
        "/download": (200, b"ISA"),
    }
    with open_line(login_of(http.connection())) as opened:
        assert opened.fetch(InboundRef("a.x12", None, place="a")) == b"ISA"
    assert "Authorization" in stub.headers[0]
    assert "Authorization" not in stub.headers[1]


@pytest.mark.parametrize(
    "where", ["https://evil.example/x", "http://127.0.0.1:1/x", "file:///etc/passwd", "http://s3.amazonaws.com/x"]
)
def test_a_file_is_not_fetched_from_just_anywhere(http: Line, stub: Taken, where: str) -> None:
    stub.documents = {"/2023-08-01/executions/a/input": (302, {"documentDownloadUrl": where})}
    line = open_line(login_of(http.connection()))
    with line as opened, pytest.raises(ClearinghouseError, match="not the clearinghouse’s"):
        opened.fetch(InboundRef("a.x12", None, place="a"))


def test_an_answer_without_end_is_cut_off(http: Line, stub: Taken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("billing.clearinghouses.fetching.LARGEST", 1000)
    stub.answer = {"status": "SUCCESS", "x12": "ISA" + "x" * 5000}
    assert http.send(http.ready()).status == Request.Status.UNKNOWN


def test_the_layout_says_who_is_asked(http: Line) -> None:
    from billing.clearinghouses.choosing import connection_for

    with http.inside():
        assert connection_for(Capability.ELIGIBILITY) == Connection.objects.get()
        Connection.objects.update(layout="sandbox")
        assert connection_for(Capability.ELIGIBILITY) is None
        assert connection_for(Capability.CLAIMS) is not None
