"""Writing denials off, one or many, and taking that back with one click."""

from __future__ import annotations

from typing import Any

import pytest

from billing.models import Denial, Entry
from billing.money.errors import MoneyRefusedError
from billing.remittances import denials, denials_many
from tests.billing.claim_factories import Bench, answer, books, remittance
from tests.billing.remittances.hands import arrive_and_post
from tests.billing.remittances.rooms import Room, url

REFUSED = {"client_receivable": "50.00", "insurer_receivable": "250.00", "revenue": "-300.00"}
GIVEN_UP = {"client_receivable": "50.00", "revenue": "-300.00", "write_off": "250.00"}


def refuse_two(bench: Bench) -> list[int]:
    """Two claims of $150.00 with a copay of $25.00, refused."""
    for number in (1, 2):
        claim = bench.claim("150.00", copay="25.00")
        arrive_and_post(bench, remittance(answer(claim, "0.00", "CO-29 150.00"), trace=f"EFT{number}"), control=number)
    return list(Denial.objects.order_by("pk").values_list("pk", flat=True))


def undo_in(page: str) -> str:
    return page.split('action="/p/fernhollow/denials/written-off/undo/')[1].split('"', maxsplit=1)[0]


def test_many_are_written_off_to_the_cent_and_taken_back(bench: Bench) -> None:
    ids = refuse_two(bench)
    done = denials_many.write_off(actor=bench.biller, denial_ids=ids, note="Too late")
    assert (done.denials, str(done.amount), done.left, books()) == (ids, "250.00", 0, GIVEN_UP)
    denials.take_back(denial_ids=done.denials, entry_ids=done.entries, actor=bench.biller)
    assert books() == REFUSED
    assert set(Denial.objects.values_list("status", "resolution")) == {("open", "")}
    with pytest.raises(MoneyRefusedError, match="undone already"):
        denials.take_back(denial_ids=done.denials, entry_ids=done.entries, actor=bench.biller)


def test_what_the_ledger_took_is_said_and_not_what_was_refused(bench: Bench) -> None:
    ids = refuse_two(bench)
    Denial.objects.filter(pk=ids[0]).update(amount="150.00")
    done = denials_many.write_off(actor=bench.biller, denial_ids=ids[:1], note="Too late")
    assert str(done.amount) == "125.00"


def test_the_worklist_offers_undo(room: Room) -> None:
    with room.open():
        ids = refuse_two(room.bench)
    said = room.post("work_denials", act="write_off", denial=ids, why="Too late")
    assert "2 denials written off, $250.00." in said
    back = room.bob.post(url("reopen_written_off") + undo_in(said), follow=True).content.decode()
    assert "2 denials are back to work, and what was posted is undone." in back
    with room.open():
        assert books() == REFUSED
    again: Any = room.bob.post(url("reopen_written_off") + undo_in(said), follow=True).content.decode()
    assert "This was undone already." in again


@pytest.mark.parametrize("resolution", ["written_off", "to_client"])
def test_one_denial_is_taken_back_with_what_it_posted(room: Room, resolution: str) -> None:
    with room.open():
        claim = room.bench.claim("150.00", copay="25.00")
        arrive_and_post(room.bench, remittance(answer(claim, "0.00", "PR-27 150.00")))
        (denial,) = Denial.objects.all()
    said = room.post("resolve_denial", denial.pk, resolution=resolution, note="Agreed")
    back = room.bob.post(url("reopen_written_off") + undo_in(said), follow=True).content.decode()
    assert "1 denial is back to work" in back
    with room.open():
        assert books() == {"client_receivable": "25.00", "insurer_receivable": "125.00", "revenue": "-150.00"}
        assert Entry.objects.filter(kind="reversal").count() == 1


def test_another_session_takes_nothing_back(room: Room) -> None:
    assert "This can no longer be undone here." in room.post("reopen_written_off")
