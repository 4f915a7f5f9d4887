"""Authorized units: the meter, and what changes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import pytest
from django.http import Http404

from clients import authorizations, services
from clients.authorizations import Standing, Visit, fill
from clients.errors import ClientRefusedError
from clients.models import Authorization, Coverage
from practice.actors import Actor
from practice.models import PracticePayer
from tests.clients.conftest import File

TODAY = dt.date(2026, 11, 17)
FACTS = {"number": "A-1", "units": 12, "starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}


@pytest.fixture
def coverage(file: File, payer: PracticePayer) -> Coverage:
    return Coverage.objects.get(client=file(payer=payer))


@pytest.fixture(autouse=True)
def nobody_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authorizations, "_counters", [])


@pytest.fixture
def counted(nobody_counts: None) -> None:
    def nine(ids: Collection[int]) -> dict[int, int]:
        return dict.fromkeys(ids, 9)

    authorizations.register_used_units(nine)


@pytest.mark.parametrize(
    ("used", "ends_on", "standing"),
    [
        (0, dt.date(2026, 12, 31), Standing.FINE),
        (8, dt.date(2026, 12, 31), Standing.FINE),
        (9, dt.date(2026, 12, 31), Standing.NEARLY),
        (12, dt.date(2026, 12, 31), Standing.USED_UP),
        (13, TODAY, Standing.USED_UP),
        (13, dt.date(2026, 11, 16), Standing.ENDED),
    ],
)
def test_where_it_stands(used: int, ends_on: dt.date, standing: Standing) -> None:
    use = authorizations.use(units=12, used=used, starts_on=dt.date(2026, 1, 1), ends_on=ends_on, today=TODAY)
    assert (use.standing, use.left) == (standing, max(12 - used, 0))


@dataclass(frozen=True)
class Allowed:
    id: int
    units: int
    starts_on: dt.date = dt.date(2026, 1, 1)
    ends_on: dt.date = dt.date(2026, 12, 31)
    codes: tuple[str, ...] = ()


def visit(key: int, *, code: str = "90834", date: dt.date = TODAY) -> Visit:
    return Visit(key, date, code, 1)


def test_a_visit_is_put_on_the_first_that_has_room_and_on_one_alone() -> None:
    old, new = Allowed(1, 2), Allowed(2, 2, starts_on=dt.date(2026, 6, 1))
    places, used = fill([old, new], [visit(key) for key in range(5)])
    assert [(place.authorization.id, place.before) for place in places.values()] == [
        (1, 0),
        (1, 1),
        (2, 0),
        (2, 1),
        (2, 2),
    ]
    assert used == {1: 2, 2: 3}


def test_other_codes_and_days_use_nothing() -> None:
    only = Allowed(1, 2, codes=("90837",))
    places, used = fill([only], [visit(1), visit(2, code="90837", date=dt.date(2027, 1, 1)), visit(3, code="90837")])
    assert (list(places), used) == ([3], {1: 1})


def test_nothing_is_used_where_nobody_counts() -> None:
    assert authorizations.used_units([3, 4]) == {3: 0, 4: 0}


def test_the_room_that_knows_the_sessions_counts(counted: None) -> None:
    assert authorizations.used_units([3]) == {3: 9}


def test_the_same_number_twice_is_refused(coverage: Coverage, alice: Actor) -> None:
    services.add_authorization(actor=alice, coverage_id=coverage.pk, **FACTS)
    with pytest.raises(ClientRefusedError, match="number already"):
        services.add_authorization(actor=alice, coverage_id=coverage.pk, **FACTS)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"units": 0}, "at least one unit"),
        ({"codes": ["9083"]}, "9083 is no procedure code"),
        ({"ends_on": dt.date(2025, 1, 1)}, "before the first"),
    ],
)
def test_what_cannot_be_is_refused(coverage: Coverage, alice: Actor, wrong: dict[str, object], said: str) -> None:
    with pytest.raises(ClientRefusedError, match=said):
        services.add_authorization(actor=alice, coverage_id=coverage.pk, **(FACTS | wrong))


def test_what_was_removed_comes_back_as_it_was(coverage: Coverage, alice: Actor) -> None:
    row = services.add_authorization(actor=alice, coverage_id=coverage.pk, codes=["90834", "90837"], **FACTS)
    services.remove_authorization(actor=alice, authorization_id=row.pk)
    assert not Authorization.objects.exists()
    services.restore_authorization(actor=alice, authorization_id=row.pk)
    back = Authorization.objects.get()
    assert (back.pk, back.codes, back.ends_on) == (row.pk, ["90834", "90837"], FACTS["ends_on"])
    with pytest.raises(Http404):
        services.restore_authorization(actor=alice, authorization_id=row.pk)
