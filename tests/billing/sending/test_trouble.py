"""What goes wrong on the way: nothing leaves twice, nothing is lost, and each trouble is said in a sentence."""

from __future__ import annotations

import datetime as dt
import socket
from pathlib import Path

import asyncssh
import pytest

from billing.claims import arriving, sending, settling
from billing.claims.errors import ClaimRefusedError
from billing.claims.leaving import SEND
from billing.clearinghouses import polling
from billing.clearinghouses.opening import login_of, open_line
from billing.clearinghouses.protocol import OutboundFile
from billing.connections import services
from billing.models import Request, Submission
from practice import clock, due, files, states
from practice.actors import Actor
from practice.models import DueWork
from tests.billing.sending.hands import NOW, Line, check
from tests.sandbox.running import running, wait_for

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
EXPIRED = NOW + sending.LEASE + dt.timedelta(seconds=1)


def another_key() -> str:
    return asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


TROUBLES = [
    ({"password": "wrong"}, "Sandbox payer refused the user name or password."),
    ({"host_key": another_key()}, "127.0.0.1 answered with another key than the one you trust. Nothing was sent."),
    ({"host_key": ""}, "The key of 127.0.0.1 is not trusted yet. Compare it in Settings, Connections."),
    ({"port": free_port()}, "Sandbox payer cannot be reached at 127.0.0.1, port "),
]


@pytest.mark.parametrize(("wrong", "words"), TROUBLES, ids=["password", "key", "no-key", "down"])
def test_what_cannot_leave_waits_with_the_reason_on_the_connection(
    line: Line, wrong: dict[str, object], words: str
) -> None:
    right = line.connection()
    request = line.ready()
    line.connection(**wrong)
    request = line.send(request)
    assert (request.status, request.attempts) == (Request.Status.READY, 1)
    assert request.trouble.startswith(words)
    told = line.connection()
    assert (told.trouble, told.trouble_since) == (request.trouble, clock.now())
    assert line.received() == []
    assert line.claims() == {"batched"}
    line.connection(password=right.password, host_key=right.host_key, port=right.port)
    assert line.send(request).status == Request.Status.SENT
    assert line.received() == [request.filename]
    assert line.connection().trouble == ""


def test_it_is_tried_again_less_and_less_often(line: Line) -> None:
    request = line.ready()
    line.connection(password="wrong")
    waits = []
    for _ in range(6):
        line.send(request)
        (planned,) = DueWork.objects.filter(kind=SEND)
        waits.append((planned.due_at - clock.now()).total_seconds() / 60)
    assert waits == [5, 10, 20, 40, 60, 60]


def test_what_waits_goes_as_soon_as_the_connection_works_again(line: Line) -> None:
    request = line.ready()
    line.connection(password="wrong")
    line.send(request)
    with line.inside():
        services.change_connection(
            actor=line.post.people.actor(line.post.people.alice), connection_id=line.number, password="sandbox-only"
        )
    assert check(line).trouble == ""
    assert due.Due(SEND, line.practice_id, str(request.pk)) in due.lease()
    assert line.send(request).status == Request.Status.SENT


def test_nothing_leaves_through_a_connection_that_is_switched_off(line: Line) -> None:
    request = line.ready()
    line.connection(is_active=False)
    request = line.send(request)
    assert (request.status, request.attempts) == (Request.Status.READY, 0)
    assert request.trouble == "Sandbox payer is switched off. The file leaves once it is in use again."
    assert line.received() == []
    with line.inside():
        alice = line.post.people.actor(line.post.people.alice)
        services.switch_connection(actor=alice, connection_id=line.number, is_active=True)
    check(line)
    assert line.planned(SEND) == [str(request.pk)]
    assert line.send(request).status == Request.Status.SENT


def test_the_payer_that_was_down_gets_it_once_it_is_back(line: Line, tmp_path: Path) -> None:
    request = line.ready()
    down = free_port()
    line.connection(port=down)
    line.send(request)
    with running(tmp_path / "sandbox-again") as back:
        line.connection(port=back.facts["sftp_port"], host_key=back.facts["host_key"])
        line.send(request)
        line.send(request)
        assert [path.name for path in (back.folder / "sftp/caseload/inbound").iterdir()] == [request.filename]


def test_a_trouble_with_fetching_is_told_and_the_next_look_is_planned(line: Line) -> None:
    line.connection(password="wrong")
    line.poll()
    assert line.connection().trouble == "Sandbox payer refused the user name or password."
    assert line.planned(polling.POLL) == [str(line.number)]


def test_nobody_looks_through_a_connection_whose_key_is_not_trusted(line: Line) -> None:
    line.connection(host_key="")
    line.poll()
    assert (line.connection().trouble, line.planned(polling.POLL)) == ("", [])


def interrupt(line: Line, request: Request, *, bytes_left: bool) -> None:
    """The worker dies after its lease: before the bytes left, or after they did and before that was recorded."""
    parcel = sending._lease(line.practice_id, request.pk)
    assert parcel is not None
    if bytes_left:
        with open_line(parcel.login) as opened:
            opened.submit(parcel.item)
    assert line.again(request).status == Request.Status.SENDING


def test_nobody_takes_up_what_another_worker_holds(line: Line) -> None:
    request = line.ready()
    interrupt(line, request, bytes_left=False)
    assert line.send(request).status == Request.Status.SENDING
    assert line.received() == []
    assert line.planned(SEND) == [str(request.pk)]


def test_an_interrupted_sending_that_arrived_is_found_and_not_sent_again(line: Line) -> None:
    request = line.ready()
    interrupt(line, request, bytes_left=True)
    arrived = (line.folder / request.filename).stat()
    with clock.at(EXPIRED):
        assert line.send(request).status == Request.Status.SENT
    assert (line.folder / request.filename).stat().st_mtime_ns == arrived.st_mtime_ns
    assert line.received() == [request.filename]
    assert line.claims() == {"sent"}


def test_an_interrupted_sending_that_is_not_seen_is_shown_and_never_sent_by_itself(line: Line) -> None:
    request = line.ready()
    interrupt(line, request, bytes_left=False)
    with clock.at(EXPIRED):
        request = line.send(request)
        assert request.status == Request.Status.UNKNOWN
        assert "does not show the file" in request.trouble
        assert line.planned(SEND) == []
        assert line.send(request).status == Request.Status.UNKNOWN
    assert line.received() == []


def test_while_the_payer_is_down_an_interrupted_sending_is_looked_for_later_and_not_sent(line: Line) -> None:
    request = line.ready()
    interrupt(line, request, bytes_left=True)
    port = line.connection().port
    line.connection(port=free_port())
    with clock.at(EXPIRED):
        assert line.send(request).status == Request.Status.SENDING
        assert "cannot be reached" in line.connection().trouble
        (planned,) = DueWork.objects.filter(kind=SEND)
        assert planned.due_at == clock.now() + 2 * sending.AGAIN
    line.connection(port=port)
    with clock.at(EXPIRED + 2 * sending.AGAIN):
        assert line.send(request).status == Request.Status.SENT
    assert line.received() == [request.filename]


def test_an_answer_tells_that_an_unknown_file_arrived(line: Line) -> None:
    request = line.ready()
    interrupt(line, request, bytes_left=True)
    with line.inside():
        states.transition(Request.objects.get(), Request.Status.UNKNOWN, actor=line.post.system)
    wait_for(lambda: [name for name in line.sandbox.names() if name.startswith("835")], "an 835")
    line.poll()
    assert line.again(request).status == Request.Status.ACKNOWLEDGED
    assert line.claims() <= {"accepted", "paid", "partially_paid"}


def test_an_answer_that_is_quicker_than_the_record_counts(line: Line) -> None:
    request = line.ready()
    interrupt(line, request, bytes_left=True)
    wait_for(lambda: [name for name in line.sandbox.names() if name.startswith("835")], "an 835")
    line.poll()
    assert line.again(request).status == Request.Status.ACKNOWLEDGED
    sending._sent(line.practice_id, request.pk)
    assert line.again(request).status == Request.Status.ACKNOWLEDGED


def test_a_person_sends_again_what_did_not_arrive_with_the_same_bytes(line: Line) -> None:
    request = line.ready()
    interrupt(line, request, bytes_left=False)
    with clock.at(EXPIRED):
        line.send(request)
        with line.inside():
            settling.send_again(actor=line.post.bob, request_id=request.pk)
        assert line.send(request).status == Request.Status.SENT
    with line.inside():
        assert (line.folder / request.filename).read_bytes() == files.read(Request.objects.get().file)


def test_a_person_says_that_it_arrived(line: Line) -> None:
    request = line.ready()
    interrupt(line, request, bytes_left=False)
    with clock.at(EXPIRED):
        line.send(request)
        with line.inside():
            settling.say_arrived(actor=line.post.bob, request_id=request.pk)
        assert line.again(request).status == Request.Status.SENT
        with line.inside(), pytest.raises(ClaimRefusedError, match="known already"):
            settling.say_arrived(actor=line.post.bob, request_id=request.pk)
    assert line.claims() == {"sent"}


def test_the_second_copy_of_a_file_that_had_arrived_loses_nothing(line: Line) -> None:
    """Somebody sent it again although the payer had it: it turns the copy away, and the claims stay where they are."""
    request = line.ready()
    interrupt(line, request, bytes_left=True)
    with line.inside():
        states.transition(Request.objects.get(), Request.Status.UNKNOWN, actor=line.post.system)
    wait_for(lambda: [name for name in line.sandbox.names() if name.startswith("835")], "an 835")
    with line.inside():
        item = OutboundFile("copy.837", files.read(Request.objects.get().file), "")
    with open_line(login_of(line.connection())) as opened:
        opened.submit(item)
    wait_for(lambda: len([name for name in line.sandbox.names() if name.startswith("TA1")]) == 2, "two TA1s")
    line.poll()
    assert line.again(request).status == Request.Status.ACKNOWLEDGED
    assert "ready" not in line.claims()


@pytest.fixture
def in_the_way(line: Line) -> Path:
    """A folder that lies where the file is to go: the payer refuses the name."""
    request = line.ready()
    folder = line.folder / request.filename
    folder.mkdir()
    return folder


def test_a_name_that_is_refused_leaves_it_unknown_and_shown(line: Line, in_the_way: Path) -> None:
    with line.inside():
        request = Request.objects.get()
    request = line.send(request)
    assert request.status == Request.Status.UNKNOWN
    assert "broke while the file was handed over" in request.trouble
    assert line.planned(SEND) == []


def test_a_sender_whose_lease_ran_out_still_tells_that_it_sent(line: Line) -> None:
    request = line.ready()
    interrupt(line, request, bytes_left=False)
    with clock.at(EXPIRED):
        assert line.send(request).status == Request.Status.UNKNOWN
        sending._sent(line.practice_id, request.pk)
    assert line.again(request).status == Request.Status.SENT


def test_an_answer_to_what_never_left_changes_nothing(line: Line) -> None:
    request = line.ready()
    with line.inside():
        arriving.record_answered([request.pk], actor=Actor.system(line.practice_id))
        assert Submission.objects.count() == 1
    assert line.again(request).status == Request.Status.READY


def test_what_is_on_its_way_cannot_be_unbilled(line: Line) -> None:
    """A claim is in a file that is made: it may leave at any moment, so Undo no longer takes it back."""
    from billing.day import services as day
    from billing.day.errors import BillingRefusedError
    from billing.models import BillingRun

    line.ready()
    with line.inside(), pytest.raises(BillingRefusedError, match="cannot be unsent"):
        day.undo_run(actor=line.post.bob, practice=line.post.practice, run_id=BillingRun.objects.get().pk)
    assert line.claims() == {"batched"}
