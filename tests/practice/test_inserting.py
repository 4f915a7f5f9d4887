"""Many rows inserted as one JSON value are the rows that Django's own way inserts, to the last character."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import DataError, connection, models
from django.db.models.functions import Upper
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.models import Client
from practice import audit
from practice.models import AuditEvent, Location, PracticePayer, PracticeSettings, Service, ServiceFee
from practice.tenancy import inserting
from practice.tenancy.context import WrongPracticeError
from practice.tenancy.inserting import insert_rows
from scheduling.models import Attendance
from tests.people import NOW, Cast
from tests.scheduling.readiness import made

words = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=35)


@pytest.fixture
def fernhollow(people: Cast, inside: Any) -> Any:
    with inside(people.fernhollow):
        yield people.fernhollow


def twice(rows: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The values of the same rows inserted both ways, without their keys."""
    found = []
    for few in (1, 10_000):
        monkeypatch.setattr(inserting, "FEW", few)
        kept = type(rows()[0]).objects.bulk_create(rows())
        values = type(kept[0]).objects.filter(pk__in=[row.pk for row in kept]).order_by("pk").values()
        found.append([{name: value for name, value in row.items() if name != "id"} for row in values])
        type(kept[0]).objects.filter(pk__in=[row.pk for row in kept]).delete()
    return found[0], found[1]


@given(
    st.lists(
        st.tuples(words, words, st.dates(dt.date(1900, 1, 1)), st.decimals(0, 9999, places=2) | st.none()),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_dates_and_money_arrive_as_they_were(
    fernhollow: Any, monkeypatch: pytest.MonkeyPatch, given_: Any
) -> None:
    def rows() -> list[Client]:
        return [
            Client(number=place, first_name=first, last_name=last, date_of_birth=born, own_rate=rate)
            for place, (first, last, born, rate) in enumerate(given_, 1)
        ]

    by_json, by_django = twice(rows, monkeypatch)
    assert by_json == by_django


def test_lists_instants_and_states_arrive_as_they_were(fernhollow: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    practice = made.practice()
    seen = [made.attendance(practice, made.client(number, practice["payer"])) for number in (1, 2)]
    facts = [(row.session, row.client, ["F41.1", 'a"b,{c}', "ü"], NOW + dt.timedelta(microseconds=1)) for row in seen]
    Attendance.objects.all().delete()

    def rows() -> list[Attendance]:
        return [
            Attendance(
                session=session, client=client, diagnoses=codes, modifiers=[], actual_start=at, fee=Decimal("1.5")
            )
            for session, client, codes, at in facts
        ]

    by_json, by_django = twice(rows, monkeypatch)
    assert by_json == by_django


def test_what_a_field_encrypts_is_encrypted(fernhollow: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inserting, "FEW", 1)
    PracticeSettings.objects.bulk_create([PracticeSettings(legal_name="Fernhollow PLLC", ein="123456789")])
    assert PracticeSettings.objects.get().ein == "123456789"
    with connection.cursor() as cursor:
        cursor.execute("SELECT ein FROM practice_practicesettings")
        assert "123456789" not in cursor.fetchone()[0]


def test_keys_come_back_in_the_order_of_the_rows(fernhollow: Any) -> None:
    rows = Location.objects.bulk_create(Location(name=f"Room {number:03}") for number in range(inserting.FEW + 5))
    stored = dict(Location.objects.values_list("pk", "name"))
    assert [stored[row.pk] for row in rows] == [row.name for row in rows]


def test_it_is_one_statement_with_one_value(fernhollow: Any) -> None:
    with CaptureQueriesContext(connection) as queries:
        Location.objects.bulk_create(Location(name=f"Room {number}") for number in range(inserting.FEW))
    assert [query["sql"].count("json_populate_recordset") for query in queries] == [1]


def test_rows_that_are_there_are_updated(fernhollow: Any) -> None:
    rows = Location.objects.bulk_create(Location(name=f"Room {number}") for number in range(inserting.FEW))
    for row in rows:
        row.name = f"Office {row.pk}"
    Location.objects.bulk_create(rows, update_conflicts=True, unique_fields=["practice", "id"], update_fields=["name"])
    assert set(Location.objects.values_list("name", flat=True)) == {f"Office {row.pk}" for row in rows}


def test_an_expression_goes_the_way_of_django(fernhollow: Any) -> None:
    rows = [Location(name=Upper(models.Value(f"room {number}"))) for number in range(inserting.FEW)]
    Location.objects.bulk_create(rows)
    assert Location.objects.filter(name__startswith="ROOM").count() == inserting.FEW


def test_a_word_that_is_too_long_is_refused(fernhollow: Any) -> None:
    with pytest.raises(DataError):
        PracticePayer.objects.bulk_create(PracticePayer(name="x" * 500) for _ in range(inserting.FEW))


def test_rows_of_another_practice_are_refused(fernhollow: Any, people: Cast) -> None:
    rows = [Location(name=f"Room {number}", practice=people.rivermark) for number in range(inserting.FEW)]
    with pytest.raises(WrongPracticeError):
        Location.objects.bulk_create(rows)


def test_rows_that_are_no_instances_belong_to_the_open_practice(fernhollow: Any) -> None:
    service = Service.objects.create(code="90834", name="Therapy 45", kind="individual")
    days = [dt.date(2020 + number, 1, 1) for number in range(3)]
    insert_rows(
        ServiceFee,
        ("service_id", "amount", "starts_on", "ends_on"),
        [(service.pk, Decimal("142.10"), day, day + dt.timedelta(days=30)) for day in days],
    )
    found = ServiceFee.objects.order_by("starts_on").values_list("practice_id", "amount", "starts_on")
    assert list(found) == [(fernhollow.pk, Decimal("142.10"), day) for day in days]
    insert_rows(ServiceFee, ("service_id", "amount", "starts_on"), [])
    assert ServiceFee.objects.count() == 3


def test_an_event_keeps_what_was_before_and_after(fernhollow: Any, people: Cast) -> None:
    actor = people.actor(people.bob)
    before = {"fee": Decimal("1.50"), "at": NOW, "day": NOW.date(), "words": ["ü", None, True]}
    kept = audit.record("client.changed", actor=actor, client_id=7, before=before, after={})
    row = AuditEvent.objects.get(pk=kept)
    at = NOW.isoformat().replace("+00:00", "Z")
    assert row.before == {"fee": "1.50", "at": at, "day": NOW.date().isoformat(), "words": ["ü", None, True]}
    assert (row.after, row.client_id, row.actor_name, row.practice_id) == ({}, 7, actor.name, fernhollow.pk)
