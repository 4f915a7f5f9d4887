"""The demo's history: the same twice, also when it was cut short, with a real sandbox payer over SFTP."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from billing.models import Claim, Request
from desk.demo import digest, history
from desk.demo.script import FERNHOLLOW_SCRIPT, RIVERMARK_SCRIPT, WHOLE, Script
from desk.demo.stage import load
from desk.management.commands import seed_demo
from practice import clock, due, files
from practice.reference import load_all
from practice.tenancy.context import practice_context
from tests import processes
from tests.edi.oracles import pyx12_errors
from tests.people import NOW

REAL = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
SMALL = (
    FERNHOLLOW_SCRIPT.cut(weeks=3, clients=12, team=3),
    RIVERMARK_SCRIPT.cut(weeks=1, clients=2, team=1),
)


class CutShortError(Exception):
    """Somebody pressed Ctrl-C."""


@pytest.fixture(autouse=True)
def queue() -> Iterator[None]:
    """What services ask workers for is done by history itself."""
    yield
    processes.empty_queue()


def build(scripts: Sequence[Script], folder: Path, *, cut_short: bool = False) -> None:
    """Makes it from nothing; or is stopped at the first billing, and goes on at the next start."""
    call_command("flush", database="owner", verbosity=0, interactive=False)
    load_all()

    def stop(_: str) -> None:
        raise CutShortError

    if cut_short:
        with pytest.raises(CutShortError):
            history.make(scripts, folder, stop)
        assert not history.is_finished(scripts)
    history.make(scripts, folder, lambda _: None)
    assert history.is_finished(scripts)


def totals(scripts: Sequence[Script]) -> list[dict[str, Any]]:
    """What the ledgers and lists of both practices come to."""
    return [digest.totals(load(script, script.first_monday(NOW.date()))) for script in scripts]


def assert_lived(said: dict[str, Any]) -> None:
    """It has been charged, claimed, answered, posted and paid, and the ledger sums to zero."""
    assert said["ledger"][1] == "0.00"
    for account in ("bank", "insurer_receivable", "revenue", "contractual"):
        assert said["accounts"][account][0] != "0", account
    assert said["accounts"]["payer_clearing"][1] == "0.00"
    assert said["claims"]["paid"][0] != "0"
    assert said["remittances"]["posted"][0] != "0"


def assert_paid(said: dict[str, Any]) -> None:
    """Every run went its whole way, but the last, which waits for the owner."""
    *former, newest = said["pay"]
    assert former
    assert {one["period"].partition(", ")[2] for one in former} == {"locked"}
    assert all(one["files"] or one["gross"][0] == "0" for one in former)
    assert newest["period"].endswith(", computed")
    assert newest["people"]
    assert not newest["files"]


def assert_accepted(scripts: Sequence[Script]) -> None:
    """pyx12 accepts every 837P that the demo wrote."""
    written: list[bytes] = []
    for script in scripts:
        practice = load(script, script.first_monday(NOW.date())).practice
        with transaction.atomic(), practice_context(practice.pk, phi=True):
            written += [files.read(request.file) for request in Request.objects.select_related("file")]
    assert written
    assert [error for content in written for error in pyx12_errors(content)] == []


def assert_asked_twice(script: Script) -> None:
    """Who is covered twice has claims to the second payer, and none waits for a correction."""
    practice = load(script, script.first_monday(NOW.date())).practice
    with transaction.atomic(), practice_context(practice.pk, phi=True):
        states = set(Claim.objects.filter(follows__isnull=False).values_list("status", flat=True))
    assert states
    assert "draft" not in states


@REAL
def test_two_builds_come_to_the_same_also_when_one_is_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.at(NOW), override_settings(DEMO=True):
        build(SMALL, tmp_path / "one")
        first = totals(SMALL)
        assert_lived(first[0])
        assert_paid(first[0])
        assert_accepted(SMALL)
        assert_asked_twice(SMALL[0])
        build(SMALL, tmp_path / "two", cut_short=True)
        assert totals(SMALL) == first
        stage = load(SMALL[0], SMALL[0].first_monday(NOW.date()))
        assert not due.planned("demo.step", practice_id=stage.practice.pk)
        monkeypatch.setattr(seed_demo, "WHOLE", SMALL)
        call_command("seed_demo")
        assert totals(SMALL) == first


@pytest.mark.long
@REAL
def test_two_builds_of_the_whole_come_to_the_same(tmp_path: Path) -> None:
    with clock.at(NOW):
        build(WHOLE, tmp_path / "one")
        first = totals(WHOLE)
        build(WHOLE, tmp_path / "two")
        assert totals(WHOLE) == first
        assert_accepted(WHOLE)
    for said in first:
        assert_lived(said)
        assert_paid(said)
    assert_everything_of_a_run_is_there(first[0]["pay"])


def assert_everything_of_a_run_is_there(runs: list[dict[str, Any]]) -> None:
    """Held notes and who is new in the newest run; before it takebacks, and files of every provider."""
    newest = runs[-1]
    assert any("held, 3 unsigned notes" in words for words in newest["findings"])
    assert "Lena Brandt" in newest["people"]
    assert not any("Lena Brandt" in one["people"] for one in runs[:-1])
    assert any("was taken back" in words for one in runs for words in one["findings"])
    names = {file.split("-")[0] for one in runs for file in one["files"]}
    assert names == {"Semimonthly", "gusto"}
