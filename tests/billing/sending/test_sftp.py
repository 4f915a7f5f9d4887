"""SFTP against a real server: keys, deleting only when told, and one line at a time to each server."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest
from django.db import connection as database

from billing.claims import settling
from billing.clearinghouses import keys, taking_turns
from billing.clearinghouses.opening import login_of, open_line
from billing.clearinghouses.protocol import Login, NotSentError
from billing.models import HostLease, InboundFile, Request
from practice import clock
from tests import processes
from tests.billing.sending import server as servers
from tests.billing.sending.hands import NOW, Line, lay
from tests.billing.sending.server import USER, Server
from tests.sandbox.running import Sandbox

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with servers.running(tmp_path / "server") as found:
        yield found


@pytest.fixture
def own(transactional_db: None, standing_clock: None, sandbox: Sandbox, server: Server) -> Line:
    """A line to the little server, with a key and no password."""
    processes.empty_queue()
    pair = keys.made("test")
    server.knows = pair.public
    facts = {"username": USER, "password": "", "port": server.port, "host_key": server.host_key}
    return lay(sandbox, **facts, private_key=pair.private, public_key=pair.public)


def test_a_file_leaves_with_a_key_and_without_a_password(own: Line, server: Server) -> None:
    request = own.send(own.ready())
    assert request.status == Request.Status.SENT
    assert [path.name for path in (server.folder / "inbound").iterdir()] == [request.filename]


def test_a_file_has_its_name_only_once_all_of_it_is_there(own: Line, server: Server) -> None:
    request = own.send(own.ready())
    assert server.renamed == [(f"{request.filename}.tmp", request.filename)]


def test_a_key_the_server_does_not_know_is_said_in_words(own: Line) -> None:
    own.connection(private_key=keys.made("other").private)
    request = own.send(own.ready())
    assert (request.status, request.trouble) == (Request.Status.READY, "Sandbox payer refused the user name or key.")


def test_resent_bytes_keep_their_control_number(own: Line, server: Server) -> None:
    request = own.send(own.ready())
    (path,) = (server.folder / "inbound").iterdir()
    first = path.read_bytes()
    path.unlink()
    with own.inside():
        Request.objects.filter(pk=request.pk).update(status=Request.Status.UNKNOWN)
        settling.send_again(actor=own.post.bob, request_id=request.pk)
    again = own.send(request)
    assert path.read_bytes() == first
    assert (again.control_number, again.status) == (request.control_number, Request.Status.SENT)
    assert f"*{request.control_number}*".encode() in first


@pytest.mark.parametrize("removes", [False, True])
def test_an_answer_is_deleted_there_only_when_told_and_only_once_it_is_read(
    own: Line, server: Server, removes: bool
) -> None:
    own.connection(removes_fetched=removes)
    answer = server.folder / "outbound" / "answer.txt"
    answer.write_bytes(
        b"ISA*00*          *00*          *ZZ*SANDBOX        *ZZ*FERN01         "
        b"*261117*1200*^*00501*000000009*0*T*:~TA1*000000001*261117*1200*A*000~IEA*0*000000009~"
    )
    (kept,) = own.poll()
    assert kept.status == InboundFile.Status.READ
    assert answer.exists()
    own.poll()
    assert answer.exists() is not removes


def test_what_nobody_could_read_stays_there(own: Line, server: Server) -> None:
    own.connection(removes_fetched=True)
    answer = server.folder / "outbound" / "noise.txt"
    answer.write_bytes(b"no X12 at all")
    (kept,) = own.poll()
    assert kept.status == InboundFile.Status.UNREADABLE
    own.poll()
    assert answer.exists()


def test_only_one_line_at_a_time_is_open_to_a_server(own: Line, server: Server) -> None:
    login, failed = login_of(own.connection()), list[BaseException]()

    def speak(login: Login) -> None:
        try:
            with open_line(login) as opened:
                opened.list_inbound()
        except NotSentError as error:
            failed.append(error)
        finally:
            database.close()

    threads = [threading.Thread(target=speak, args=(login,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []
    assert server.most_lines == 1
    assert not HostLease.objects.exists()


def test_a_lease_of_a_worker_that_died_runs_out(own: Line) -> None:
    server = "127.0.0.1:7"
    HostLease.objects.create(host=server, holder=uuid.uuid4(), lease_until=NOW + taking_turns.LEASE)
    assert taking_turns.take(server, patience=0) is None
    with clock.at(NOW + 2 * taking_turns.LEASE):
        holder = taking_turns.take(server, patience=0)
    assert holder is not None
    taking_turns.free(server, holder)
    assert not HostLease.objects.exists()


def test_a_busy_server_is_waited_for_and_nothing_is_lost(own: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_turns, "PATIENCE", 0.0)
    monkeypatch.setattr(taking_turns.take, "__defaults__", (0.0,))
    row = own.connection()
    HostLease.objects.create(host=f"{row.host}:{row.port}", holder=uuid.uuid4(), lease_until=NOW + taking_turns.LEASE)
    request = own.send(own.ready())
    assert request.status == Request.Status.READY
    assert "waits its turn" in request.trouble


@pytest.mark.parametrize("kind", ["ssh-ed25519", "ssh-rsa"])
def test_a_pasted_key_is_taken_with_its_public_half(kind: str) -> None:
    key = asyncssh.generate_private_key(kind)
    pair = keys.pasted(key.export_private_key("openssh").decode())
    assert pair.public == key.export_public_key("openssh").decode().strip()
    assert pair.private not in repr(pair)


def test_a_key_with_a_passphrase_or_none_at_all_is_refused_in_words() -> None:
    closed = asyncssh.generate_private_key("ssh-rsa").export_private_key("pkcs8-pem", passphrase="x").decode()
    with pytest.raises(keys.KeyRefusedError, match="passphrase"):
        keys.pasted(closed)
    with pytest.raises(keys.KeyRefusedError, match="no private key"):
        keys.pasted("hello")
