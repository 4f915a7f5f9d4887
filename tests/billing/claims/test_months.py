"""A client's sessions on one claim, where the payer wants them so: what stands on it, and where it is divided."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from billing.claims import batching, correcting
from billing.claims.sessions import copy_sessions
from billing.day import running
from billing.holds import services as holds
from billing.models import Batch, Claim, ClaimSession
from clients.models import Authorization, Coverage
from clinicians.models import Clinician, Enrollment
from practice.models import Location, PracticePayer
from scheduling.models import Attendance, LateReason
from tests.billing.claims.cases import add_on, by_telehealth, lines_of, of, rules, written
from tests.billing.claims.hands import Post
from tests.billing.claims.months import somebody, together, visit
from tests.scheduling.readiness import made

pytestmark = pytest.mark.django_db


def shapes(*rows: Attendance) -> list[list[int]]:
    """Which of these sessions each claim asks for, by their places."""
    places = {row.pk: place for place, row in enumerate(rows)}
    found: dict[int, list[int]] = {}
    for claim_id, pk in ClaimSession.objects.order_by("claim", "pk").values_list("claim_id", "attendance_id"):
        found.setdefault(claim_id, []).append(places[pk])
    return sorted(found.values())


def test_three_days_and_an_add_on_are_one_claim(post: Post) -> None:
    together(post)
    who = somebody(post)
    rows = [visit(post, who, days) for days in (14, 0, 7)]
    add_on(rows[2], "90785", "90834")
    (claim,) = set(post.claims(*rows))
    (found,) = written(post)
    assert of(found, "CLM") == [f"CLM*{claim.number}*446.3***11:B:1*Y*A*Y*Y"]
    assert of(found, "LX", "SV1", "DTP*472", "REF*6R") == [
        "LX*1", "SV1*HC:90834*142.1*UN*1***1", "DTP*472*D8*20261102", f"REF*6R*{claim.number}L01",
        "LX*2", "SV1*HC:90834*142.1*UN*1***1", "DTP*472*D8*20261109", f"REF*6R*{claim.number}L02",
        "LX*3", "SV1*HC:90785*20*UN*1***1", "DTP*472*D8*20261109", f"REF*6R*{claim.number}L03",
        "LX*4", "SV1*HC:90834*142.1*UN*1***1", "DTP*472*D8*20261116", f"REF*6R*{claim.number}L04",
    ]  # fmt: skip
    assert of(found, "REF*G1") == ["REF*G1*A1"]
    assert (claim.service_on, claim.last_on, claim.session_count) == (
        dt.date(2026, 11, 2),
        dt.date(2026, 11, 16),
        3,
    )
    assert claim.file_by == dt.date(2026, 11, 2) + dt.timedelta(days=90)
    assert claim.attendance_id == rows[0].pk


def test_without_a_rule_each_session_has_its_claim(post: Post) -> None:
    who = somebody(post)
    rows = [visit(post, who, days) for days in (7, 0)]
    post.claims(*rows)
    assert shapes(*rows) == [[0], [1]]


def test_two_clients_share_nothing(post: Post) -> None:
    together(post)
    rows = [visit(post, somebody(post), 0), visit(post, somebody(post), 7)]
    post.claims(*rows)
    assert shapes(*rows) == [[0], [1]]


def test_a_month_ends_a_claim(post: Post) -> None:
    together(post, filing_days=200)
    who = somebody(post)
    rows = [visit(post, who, days) for days in (17, 16, 15, 0)]
    post.claims(*rows)
    assert shapes(*rows) == [[0, 1], [2, 3]]
    assert len(written(post)) == 2


def test_rules_that_change_inside_a_month_end_a_claim(post: Post) -> None:
    together(post, ends_on=dt.date(2026, 11, 10))
    rules(post, dt.date(2026, 11, 11), sessions="together", filing_days=60)
    who = somebody(post)
    rows = [visit(post, who, days) for days in (12, 7, 4, 0)]
    post.claims(*rows)
    assert shapes(*rows) == [[0, 1], [2, 3]]
    first, second = Claim.objects.order_by("service_on")
    assert (first.file_by, second.file_by) == (dt.date(2027, 2, 2), dt.date(2027, 1, 11))


def test_another_diagnosis_ends_a_claim(post: Post) -> None:
    together(post)
    who = somebody(post)
    rows = [visit(post, who, 14), visit(post, who, 7, diagnoses=["F41.1", "F33.0"]), visit(post, who, 0)]
    post.claims(*rows)
    assert shapes(*rows) == [[0, 2], [1]]
    assert sorted(of(part, "HI")[0] for part in written(post)) == ["HI*ABK:F411", "HI*ABK:F411*ABF:F330"]


def test_another_clinician_ends_a_claim(post: Post) -> None:
    together(post)
    who, other = somebody(post), colleague(post)
    rows = [visit(post, who, 14), visit(post, who, 7, rendering=other), visit(post, who, 0)]
    post.claims(*rows)
    assert shapes(*rows) == [[0, 2], [1]]


def test_another_authorization_ends_a_claim(post: Post) -> None:
    together(post)
    who = somebody(post)
    Authorization.objects.filter(coverage=who[1]).update(units=2)
    Authorization.objects.create(
        coverage=who[1], number="B1", units=9, starts_on=dt.date(2026, 11, 1), ends_on=dt.date(2026, 12, 31)
    )
    rows = [visit(post, who, days) for days in (14, 7, 0)]
    post.claims(*rows)
    assert shapes(*rows) == [[0, 1], [2]]
    assert sorted(of(part, "REF*G1")[0] for part in written(post)) == ["REF*G1*A1", "REF*G1*B1"]


def test_another_place_ends_a_claim(post: Post) -> None:
    together(post)
    who = somebody(post)
    far = Location.objects.create(name="Berwyn", **(made.ADDRESS | {"address1": "1 Elm Street"}))
    rows = [visit(post, who, days) for days in (14, 12, 7, 0)]
    rows[1].session.location = far
    rows[1].session.save()
    by_telehealth(rows[2], modifiers=["95"])
    post.claims(*rows)
    assert shapes(*rows) == [[0, 3], [1], [2]]
    facilities = sorted(of(part, "CLM")[0].split("*")[5] + str(len(of(part, "NM1*77"))) for part in written(post))
    assert facilities == ["10:B:10", "11:B:10", "11:B:11"]


def test_a_session_that_comes_late_stands_apart(post: Post) -> None:
    together(post, filing_days=10)
    who = somebody(post)
    rows = [visit(post, who, days, late_reason=why) for days, why in ((14, LateReason.OTHER), (7, ""), (0, ""))]
    post.claims(*rows)
    assert shapes(*rows) == [[0], [1, 2]]


def test_what_another_payer_pays_second_stands_apart(post: Post) -> None:
    together(post)
    who = somebody(post)
    second = PracticePayer.objects.create(name="Harbor Health", payer_id="HH1")
    Coverage.objects.create(
        client=who[0], payer=second, member_id="H1", rank="secondary", starts_on=dt.date(2026, 11, 5)
    )
    rows = [visit(post, who, days) for days in (14, 7, 0)]
    post.claims(*rows)
    assert shapes(*rows) == [[0], [1, 2]]


def test_a_claim_has_fifty_lines_and_no_add_on_is_left_behind(post: Post) -> None:
    together(post)
    who = somebody(post)
    Authorization.objects.filter(coverage=who[1]).update(units=99)
    rows = [visit(post, who, days) for days in range(45, 19, -1)]
    for row in rows[:25]:
        add_on(row, "90785", "90834")
    run = post.bill(*rows)
    assert len(run.billed_ids) == 26, run.left[:2]
    assert [len(one) for one in shapes(*rows)] == [25, 1]
    assert sorted(len(lines_of(claim)) for claim in Claim.objects.all()) == [1, 50]
    for claim in Claim.objects.all():
        sessions = {line.charge.attendance_id for line in lines_of(claim) if line.charge.kind == "session"}
        assert {line.charge.attendance_id for line in lines_of(claim)} == sessions
    assert len(written(post)) == 2


def test_what_is_on_hold_stays_behind_and_the_others_go_together(post: Post) -> None:
    together(post)
    who = somebody(post)
    rows = [visit(post, who, days) for days in (14, 7, 0)]
    holds.hold_attendance(actor=post.bob, practice=post.practice, attendance_id=rows[1].pk, reason="Ask first")
    run = post.bill(*rows)
    assert [one["attendance_id"] for one in run.left] == [rows[1].pk]
    assert shapes(*rows) == [[0, 2]]


def test_no_session_can_be_asked_for_twice_at_a_time(post: Post) -> None:
    together(post)
    who = somebody(post)
    rows = [visit(post, who, days) for days in (7, 0)]
    (claim,) = set(post.claims(*rows))
    other = copied(claim)
    with pytest.raises(IntegrityError, match="claim_one_under_way"), transaction.atomic():
        ClaimSession.objects.create(claim=other, attendance=rows[1], coverage=claim.coverage, under_way=True)
    with pytest.raises(IntegrityError, match="claim_one_under_way"), transaction.atomic():
        copy_sessions([(claim, other)])


def test_a_session_cannot_say_of_its_claim_what_is_not_so(post: Post) -> None:
    together(post)
    rows = [visit(post, somebody(post), 0)]
    post.claims(*rows)
    with pytest.raises(IntegrityError, match="claim_session_as_its_claim"), transaction.atomic():
        _said_apart()


def test_sessions_follow_their_claim_out_and_in(post: Post) -> None:
    together(post)
    who = somebody(post)
    rows = [visit(post, who, days) for days in (7, 0)]
    (claim,) = set(post.claims(*rows))
    back(post)
    correcting.withdraw(actor=post.bob, claim_id=claim.pk)
    assert set(ClaimSession.objects.values_list("under_way", flat=True)) == {False}
    correcting.restore(actor=post.bob, claim_id=claim.pk)
    assert set(ClaimSession.objects.values_list("under_way", flat=True)) == {True}
    connection.check_constraints()


def test_the_sessions_of_a_client_are_never_divided_by_the_work(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    together(post)
    monkeypatch.setattr(running, "CHUNK", 3)
    first, second = somebody(post), somebody(post)
    rows = [visit(post, who, days) for days in (14, 7, 0) for who in (first, second)][:5]
    post.bill(*rows)
    assert shapes(*rows) == [[0, 2, 4], [1, 3]]


def test_more_sessions_need_no_more_statements(post: Post) -> None:
    together(post)
    who, other = somebody(post), somebody(post)
    few, many = counted(post, [visit(post, who, 0)]), counted(post, [visit(post, other, day) for day in range(6)])
    assert many == few


def _said_apart() -> None:
    ClaimSession.objects.update(under_way=False)
    connection.check_constraints()


def counted(post: Post, rows: list[Attendance]) -> int:
    """How many statements the click takes."""
    run = post.start(*rows)
    with CaptureQueriesContext(connection) as taken:
        running.perform(post.practice.pk, str(run.pk))
    assert Claim.objects.filter(sessions__attendance=rows[0]).count() == 1
    return len(taken)


def colleague(post: Post) -> Clinician:
    """Another clinician whom the payer knows, under a number of their own."""
    row = Clinician.objects.create(
        first_name="Ada", last_name="Fox", level="independent", npi="1003000126", taxonomy="106H00000X"
    )
    own = post.made["clinician"].licenses.get()
    row.licenses.create(state="PA", kind="LMFT", number="F1", expires_on=own.expires_on)
    Enrollment.objects.create(clinician=row, payer=post.made["payer"], status="effective", effective_on=made.KEPT)
    return row


def copied(claim: Claim) -> Claim:
    """Another claim that says the same, without its sessions."""
    row = Claim.objects.get(pk=claim.pk)
    row.pk, row.number, row._state.adding = None, f"{claim.number[:15]}77", True
    row.save(force_insert=True)
    return row


def back(post: Post) -> None:
    """Takes the waiting batch apart."""
    batching.hold_back(actor=post.bob, batch_id=Batch.objects.get(status="waiting").pk)
