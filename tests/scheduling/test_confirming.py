"""Confirming fixes what is billed, once, in a fixed number of statements; undoing goes back to what happened."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinicians.models import Supervision
from practice import clock
from practice.actors import Actor
from practice.models import AuditEvent, StateChange
from scheduling import attending, confirming
from scheduling.errors import AttendanceRefusedError, ConfirmRefusedError
from scheduling.models import Attendance, Attestation
from tests.people import NOW
from tests.scheduling.hands import Desk

MONDAY = dt.date(2026, 11, 16)
TODAY = dt.date(2026, 11, 17)
FEE = Decimal("160.00")


def held(desk: Desk, status: str = "held", **facts: object) -> Attendance:
    row = desk.attendance(**{"date": MONDAY, "time": dt.time(16)} | facts)
    return attending.set_status(actor=desk.actor, attendance_id=row.pk, status=status)


def confirm(desk: Desk, *rows: Attendance, actor: Actor | None = None) -> list[int]:
    return confirming.confirm_many(
        [row.pk for row in rows],
        actor=actor or desk.acting("bob"),
        attestation_text_version="1",
        fees={row.pk: FEE for row in rows},
        today=TODAY,
    )


def test_confirming_fixes_every_fact(desk: Desk) -> None:
    clinician, supervisor = desk.one("clinician"), desk.one("supervisor")
    Supervision.objects.create(supervisee=clinician, supervisor=supervisor, starts_on=dt.date(2026, 1, 1))
    row = held(desk, telehealth=True)
    assert confirm(desk, row) == [row.pk]
    row.refresh_from_db()
    assert (row.status, row.outcome, row.fee) == ("confirmed", "held", FEE)
    assert (row.service, row.diagnoses) == (desk.one("service_90834"), ["F41.1"])
    assert (row.actual_start, row.actual_stop) == (row.session.starts_at, row.session.ends_at)
    assert (row.place_of_service, row.modifiers) == ("10", ["95"])
    assert (row.rendering, row.supervising) == (clinician, supervisor)
    assert row.confirmed_by_id == desk.acting("bob").user_id
    assert row.attestation is not None
    assert (row.attestation.clinician, row.attestation.by_name) == (clinician, "Bob Keller")
    assert StateChange.objects.filter(object_id=row.pk, before="held", after="confirmed").count() == 1
    assert AuditEvent.objects.filter(action="attendance.confirmed", client_id=row.client_id).count() == 1


def test_confirming_twice_is_confirming_once(desk: Desk) -> None:
    row, before = held(desk), Attestation.objects.count()
    assert confirm(desk, row) == [row.pk]
    assert confirm(desk, row) == []
    assert Attestation.objects.count() == before + 1
    assert StateChange.objects.filter(object_id=row.pk, after="confirmed").count() == 1


def test_what_is_scheduled_canceled_or_to_come_is_left_out(desk: Desk) -> None:
    planned = desk.attendance(date=MONDAY, time=dt.time(17))
    canceled = held(desk, "canceled", time=dt.time(18))
    with clock.at(NOW + dt.timedelta(days=1)):
        tomorrow = held(desk, date=TODAY + dt.timedelta(days=1))
    assert confirm(desk, planned, canceled, tomorrow) == []


def test_a_no_show_fixes_the_fee_and_asks_for_no_diagnosis(desk: Desk) -> None:
    row = held(desk, "no_show")
    assert confirm(desk, row) == [row.pk]
    row.refresh_from_db()
    assert (row.outcome, row.fee, row.diagnoses, row.actual_start) == ("no_show", FEE, [], None)


def test_without_a_fee_nothing_is_confirmed(desk: Desk) -> None:
    row = held(desk)
    with pytest.raises(ConfirmRefusedError, match=r"One session has no fee."):
        confirming.confirm_many([row.pk], actor=desk.acting("bob"), attestation_text_version="1", fees={}, today=TODAY)


def test_undo_goes_back_to_what_happened_and_may_be_confirmed_again(desk: Desk) -> None:
    rows = [held(desk), held(desk, "no_show", time=dt.time(17))]
    confirm(desk, *rows)
    ids = [row.pk for row in rows]
    assert sorted(confirming.unconfirm_many(ids, desk.acting("bob"), "Wrong day")) == sorted(ids)
    assert list(Attendance.objects.filter(pk__in=ids).order_by("pk").values_list("status", "outcome")) == [
        ("held", ""), ("no_show", ""),
    ]  # fmt: skip
    assert StateChange.objects.filter(object_id=ids[0], before="confirmed", reason="Wrong day").exists()
    assert sorted(confirm(desk, *rows)) == sorted(ids)


def test_only_who_bills_confirms(desk: Desk) -> None:
    row = held(desk)
    for persona in ("charlie", "frank", "ivan", "erin"):
        with pytest.raises(PermissionDenied):
            confirm(desk, row, actor=desk.acting(persona))


def test_where_clinicians_attest_for_themselves_a_biller_waits_for_them(desk: Desk) -> None:
    settings = desk.one("settings")
    settings.attester = "clinician"
    settings.save()
    row = held(desk)
    assert confirm(desk, row) == []
    assert confirming.attest_many([row.pk], actor=desk.acting("charlie"), attestation_text_version="1") == [row.pk]
    assert confirm(desk, row) == [row.pk]
    row.refresh_from_db()
    assert row.attestation is not None
    assert row.attestation.by_name == "Charlie Nguyen"


def test_the_last_confirmed_session_fills_what_is_missing(desk: Desk) -> None:
    earlier = held(desk, date=dt.date(2026, 11, 9))
    confirming.save_facts(earlier, {"diagnoses": ["f33.1", "F411"], "modifiers": ["hj"]}, desk.acting("bob"))
    confirm(desk, earlier)
    row = held(desk, telehealth=True)
    proposal = confirming.prefill([row])[row.pk]
    assert proposal.facts.diagnoses == ("F33.1", "F41.1")
    assert proposal.facts.modifiers == ("HJ", "95")
    assert proposal.sources["diagnoses"] == "from Mon, Nov 9"
    assert proposal.sources["service"] == "entered"
    row.refresh_from_db()
    assert row.diagnoses == []


def test_a_later_session_fills_nothing_of_an_earlier_one(desk: Desk) -> None:
    later = held(desk, date=dt.date(2026, 11, 13))
    confirming.save_facts(later, {"diagnoses": ["F33.1"]}, desk.acting("bob"))
    confirm(desk, later)
    first, last = held(desk, date=dt.date(2026, 11, 11)), held(desk)
    proposals = confirming.prefill([first, last])
    assert proposals[first.pk].facts.diagnoses == ("F41.1",)
    assert proposals[last.pk].facts.diagnoses == ("F33.1",)
    assert proposals[last.pk].sources["diagnoses"] == "from Fri, Nov 13"


def test_facts_are_checked_in_words(desk: Desk) -> None:
    row, bob = held(desk), desk.acting("bob")
    start = row.session.starts_at
    for facts, sentence in (
        ({"actual_start": start, "actual_stop": start}, "stops before it starts"),
        ({"modifiers": ["9"]}, "A modifier has two letters or digits"),
        ({"modifiers": ["95", "95"]}, "95 is there twice"),
        ({"diagnoses": ["anxiety"]}, "Codes look like F41.1"),
        ({"place_of_service": "1"}, "two digits"),
        ({"fee": Decimal(-1)}, "below zero"),
    ):
        with pytest.raises(AttendanceRefusedError, match=sentence):
            confirming.save_facts(row, facts, bob)
    with pytest.raises(PermissionDenied):
        confirming.save_facts(row, {"fee": FEE}, desk.acting("charlie"))


def test_the_number_of_statements_does_not_grow(desk: Desk) -> None:
    counts = []
    for number, size in enumerate((1, 12)):
        rows = [
            held(desk, date=MONDAY - dt.timedelta(weeks=number), time=dt.time(6 + place), minutes=45)
            for place in range(size)
        ]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert len(confirm(desk, *rows)) == size
        counts.append(len(captured))
    assert counts[0] == counts[1]
