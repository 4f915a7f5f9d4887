"""The sandbox misbehaves on command, at both doors, and has still taken what it took exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import asyncssh
import httpx
import pytest

from sandbox.mischief import Mischief, Misdeed, Order
from tests.sandbox.making import claim, sent, transaction
from tests.sandbox.running import PASSWORD, Mailbox, Sandbox, running, wait_for
from tests.sandbox.test_stedi import came, fetched, kinds, posted


@contextmanager
def told(folder: Path, kind: Misdeed, **facts: Any) -> Iterator[tuple[Sandbox, httpx.Client]]:
    """A sandbox that was told to misbehave."""
    with running(folder) as sandbox, sandbox.api() as api:
        assert sandbox.pages.post("/misbehave", json={"kind": kind, **facts}).status_code == 200
        yield sandbox, api


def test_an_order_is_used_up_and_meant_for_its_login_alone() -> None:
    mischief = Mischief([Order(Misdeed.HANG, 2, "a"), Order(Misdeed.ERROR, 0)])
    assert mischief.take(Misdeed.HANG, "b") is None
    assert [mischief.take(Misdeed.HANG, "a") is not None for _ in range(3)] == [True, True, False]
    assert all(mischief.take(Misdeed.ERROR, "b") for _ in range(5))
    mischief.clear()
    assert mischief.orders() == ()


def test_orders_are_listed_forgotten_and_checked(tmp_path: Path) -> None:
    with told(tmp_path, Misdeed.HANG, times=3, seconds=1) as (sandbox, _):
        pages = sandbox.pages
        (order,) = pages.get("/misbehave").json()["orders"]
        assert order == {"kind": "hang", "times": 3, "login": "", "seconds": 1}
        assert pages.post("/misbehave", json={"kind": "sing"}).status_code == 422
        assert pages.post("/misbehave", content=b"loudly").status_code == 422
        assert pages.post("/misbehave", json={"kind": "none"}).json() == {"orders": []}


def test_the_line_drops_after_claims_were_accepted_and_the_same_key_gets_the_receipt(tmp_path: Path) -> None:
    with told(tmp_path, Misdeed.DROP_AFTER_ACCEPT) as (_, api):
        with pytest.raises(httpx.HTTPError):
            posted(api, sent(), "k1")
        assert posted(api, sent(), "k1").json()["status"] == "SUCCESS"
        assert [one for one, _ in kinds(came(api))].count("OUTBOUND") == 1


def test_the_line_drops_after_a_file_was_renamed(tmp_path: Path) -> None:
    with told(tmp_path, Misdeed.DROP_AFTER_ACCEPT) as (sandbox, _):
        with suppress(asyncssh.Error, ConnectionError), sandbox.mailbox() as mailbox:
            mailbox.put("a.x12.tmp", sent())
            with pytest.raises((asyncssh.Error, ConnectionError)):
                mailbox.rename("a.x12.tmp", "a.x12")
        wait_for(lambda: len(sandbox.names()) == 3, "the answers to what was taken")


def test_an_error_before_anything_leaves_nothing_behind(tmp_path: Path) -> None:
    with told(tmp_path, Misdeed.ERROR, times=2) as (sandbox, api):
        assert posted(api, sent(), "k1").status_code == 500
        with sandbox.mailbox() as mailbox:
            with pytest.raises(asyncssh.SFTPFailure):
                mailbox.put("a.x12", sent())
            assert sandbox.names() == []
            mailbox.put("a.x12", sent())


def test_a_request_that_hangs_is_in_flight_for_another_with_its_key(tmp_path: Path) -> None:
    with told(tmp_path, Misdeed.HANG, seconds=2) as (sandbox, api), ThreadPoolExecutor(1) as thread:
        first = thread.submit(posted, api, sent(), "k1")
        wait_for(lambda: len(sandbox.names()) == 3, "the answers to the first request")
        second = posted(api, sent(), "k1")
        assert (second.status_code, second.headers["Retry-After"]) == (409, "1")
        assert first.result().status_code == 200
        assert posted(api, sent(), "k1").text == first.result().text


def test_a_rename_that_hangs_was_done(tmp_path: Path) -> None:
    with told(tmp_path, Misdeed.HANG, seconds=1) as (sandbox, _), sandbox.mailbox() as mailbox:
        mailbox.put("a.x12.tmp", sent())
        mailbox.rename("a.x12.tmp", "a.x12")
        assert len(sandbox.names()) == 3


def test_answers_come_twice(tmp_path: Path) -> None:
    with told(tmp_path, Misdeed.DUPLICATES, times=0) as (sandbox, api):
        posted(api, sent())
        items = [one for one in came(api) if one["direction"] == "INBOUND"]
        documents = [fetched(api, one) for one in items]
        assert documents[::2] == documents[1::2]
        with sandbox.mailbox() as mailbox:
            mailbox.put("a.x12", sent(transaction(claim("P2")), control=2))
            names = wait_for(lambda: len(found := mailbox.outbound()) == 6 and found, "three answers twice")
            assert sum("_again_" in name for name in names) == 3
            assert len({mailbox.get(name) for name in names}) == 3


def test_answers_come_out_of_order(tmp_path: Path) -> None:
    with told(tmp_path, Misdeed.OUT_OF_ORDER, times=2, seconds=1) as (sandbox, api):
        posted(api, sent())
        assert [one for _, one in kinds(came(api))] == ["837", "835", "277", "277"]
        with sandbox.mailbox() as mailbox:
            mailbox.put("a.x12", sent(transaction(claim("P2")), control=2))
            first = wait_for(mailbox.outbound, "an answer")
            assert [name.partition("_")[0] for name in first] == ["835"]
            wait_for(lambda: len(mailbox.outbound()) == 3, "the answers that should have come before")


def test_a_file_lies_there_in_part_before_it_is_whole(tmp_path: Path) -> None:
    with told(tmp_path, Misdeed.PARTIAL_FILE, seconds=1) as (sandbox, _), sandbox.mailbox() as mailbox:
        mailbox.put("a.x12", sent())
        (name, *_) = wait_for(mailbox.outbound, "an answer")
        wait_for(lambda: len(mailbox.outbound()) == 3, "all answers")
        whole = next(one for one in sandbox.names() if one.startswith("999"))
        assert len(mailbox.get(whole)) < len(sandbox.pages.get(f"/answers/{whole}").content)
        wait_for(lambda: mailbox.get(whole) == sandbox.pages.get(f"/answers/{whole}").content, "the whole file")
        assert name in sandbox.names()


def test_a_login_is_refused_although_it_is_right(tmp_path: Path) -> None:
    with told(tmp_path, Misdeed.REFUSE_LOGIN, times=2) as (sandbox, api):
        assert posted(api, sent()).status_code == 403
        with pytest.raises(asyncssh.PermissionDenied):
            Mailbox(sandbox.facts, PASSWORD)
        with sandbox.mailbox() as mailbox:
            assert mailbox.outbound() == []


def test_a_full_disk_takes_nothing(tmp_path: Path) -> None:
    with told(tmp_path, Misdeed.FULL_DISK, times=2) as (sandbox, api), sandbox.mailbox() as mailbox:
        assert posted(api, sent()).status_code == 503
        with pytest.raises(asyncssh.SFTPFailure):
            mailbox.put("a.x12.tmp", sent())
        assert sandbox.names() == []


def test_a_scenario_misbehaves_from_the_start(tmp_path: Path) -> None:
    scenario = Path(__file__).parent / "scenarios" / "bad.toml"
    assert "error_500" in scenario.read_text(encoding="utf-8")
    with running(tmp_path, "bad") as sandbox, sandbox.api() as api:
        assert [posted(api, sent(), "k1").status_code for _ in range(3)] == [500, 500, 200]
