"""A question goes to the payer in three steps, and its answer is kept, read and compared."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from billing.clearinghouses.protocol import CallInsideTransactionError, NotSentError, NotSupportedError
from billing.eligibility import acting, asking, checking, recording, standing, sweeping
from billing.eligibility.asking import ASK
from billing.eligibility.errors import EligibilityRefusedError
from billing.eligibility.facts import from_data
from billing.models import EligibilityCheck, EligibilitySettings
from clients.models import Coverage
from clients.services import change_coverage
from edi.eligibility.rejection import Level
from practice import clock, due, files
from practice.models import DueWork, PayerEnrollment, PracticePayer
from tests.billing.eligibility.hands import Office, book
from tests.billing.eligibility.payers import ACTIVE, CARVE_OUT, COPAY, FULL, INACTIVE, Line, answer_to, asked

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_the_answer_is_kept_with_its_bytes_and_what_it_says(office: Office, told: Any) -> None:
    check = told()
    facts = from_data(check.facts)
    assert (check.status, check.outcome, check.is_current) == ("answered", "active", True)
    assert facts.copay
    assert facts.deductible
    assert facts.deductible.left
    assert facts.copay.amount == Decimal("25.00")
    assert facts.copay.service_type == "MH"
    assert facts.deductible.left.amount == Decimal("310.00")
    assert facts.plan_name == "PPO SELECT"
    with office.inside():
        row = EligibilityCheck.objects.select_related("inquiry", "answer").get(pk=check.pk)
        assert asked(files.read(row.inquiry)).number == row.trace
        assert b"*271*" in files.read(row.answer)
    assert not DueWork.objects.filter(kind=ASK).exists()


def test_the_question_names_the_client_the_practice_and_the_service(office: Office, told: Any) -> None:
    told()
    inquiry = asked(office.line.questions[0])
    member = inquiry.subscribers[0].member
    assert inquiry.is_real_time
    assert inquiry.payer
    assert inquiry.receiver.name
    assert (inquiry.payer.id, inquiry.receiver.name.id) == ("KEY01", "1234567893")
    assert (member.identity.member_id, member.identity.birth_date) == ("K1", dt.date(1990, 4, 2))
    assert [one.service_types for one in member.questions] == [("MH",)]


def test_nothing_calls_out_inside_a_transaction(office: Office) -> None:
    with office.inside(), pytest.raises(CallInsideTransactionError):
        checking.check(office.practice.pk, "1")


def test_a_question_under_way_is_not_asked_twice(office: Office) -> None:
    with office.inside():
        first = asking.ask(actor=office.bob, coverage_id=office.coverage.pk)
        second = asking.ask(actor=office.bob, coverage_id=office.coverage.pk)
    assert first.pk == second.pk


def test_what_gets_no_answer_is_asked_again_later_and_then_left(office: Office, told: Any) -> None:
    office.line.answers = [NotSentError("The line is down.")]
    check = told()
    assert (check.status, check.trouble) == ("ready", "The line is down.")
    later = clock.now()
    for _ in recording.PAUSES:
        later += dt.timedelta(hours=3)
        with clock.at(later):
            office.run()
    (check,) = office.checks()
    assert (check.status, check.attempts) == ("failed", len(recording.PAUSES) + 1)


def test_a_clearinghouse_that_cannot_ask_is_asked_once(office: Office, told: Any) -> None:
    office.line.answers = [NotSupportedError("It answers no such question.")]
    assert told().status == "failed"


def test_a_worker_that_died_is_followed_by_another(office: Office) -> None:
    with office.inside():
        check = asking.ask(actor=office.bob, coverage_id=office.coverage.pk)
    assert checking._lease(office.practice.pk, check.pk) is not None
    assert checking._lease(office.practice.pk, check.pk) is None
    with clock.at(clock.now() + checking.LEASE + dt.timedelta(seconds=1)):
        checking.check(office.practice.pk, str(check.pk))
    assert office.checks()[0].status == "answered"


def test_an_answer_that_comes_twice_counts_once(office: Office, told: Any) -> None:
    check = told()
    recording.record(office.practice.pk, check.pk, answer_to(office.line.questions[0], INACTIVE))
    assert office.checks()[0].outcome == "active"


@pytest.mark.parametrize("content", [b"", b"<html>", b"ISA*nonsense"])
def test_what_cannot_be_read_is_not_known(office: Office, told: Any, content: bytes) -> None:
    office.line.answers = [lambda _: content]
    assert told().status == "unknown"


def test_signs_that_no_table_keeps_are_read_over(office: Office, told: Any) -> None:
    office.line.answers = [lambda content: answer_to(content, *FULL).replace(b"PPO SELECT", b"PPO\0SELECT")]
    check = told()
    assert (check.outcome, from_data(check.facts).plan_name) == ("active", "PPO SELECT")


def test_an_answer_to_another_question_is_not_taken(office: Office, told: Any) -> None:
    def others(content: bytes) -> bytes:
        trace = asked(content).number.encode()
        return answer_to(content, *FULL).replace(trace, b"ZZZZZZZZZZZZZZZ")

    office.line.answers = [others]
    assert told().status == "unknown"


def test_the_payer_that_is_down_is_asked_again(office: Office, told: Any) -> None:
    check = told(reject="42", level=Level.PAYER)
    assert check.status == "ready"
    assert "cannot answer now" in check.trouble


def test_a_payer_that_does_not_know_the_practice_says_nothing_of_the_client(office: Office, told: Any) -> None:
    check = told(reject="51")
    assert (check.status, check.is_current) == ("failed", False)
    assert "not on file" in check.trouble


def test_a_client_who_is_not_found_is_to_be_corrected(office: Office, told: Any) -> None:
    check = told(reject="72")
    assert (check.outcome, check.is_current) == ("rejected", True)
    assert "does not find the client" in check.alerts[0]["words"]


def test_where_no_money_is_said_the_next_service_type_is_asked(office: Office, told: Any) -> None:
    office.line.answers = [lambda content: answer_to(content, ACTIVE), lambda content: answer_to(content, *FULL)]
    told()
    first, second = office.checks()
    assert (first.service_types, second.service_types) == (["MH"], ["98"])
    assert (first.is_current, second.is_current) == (False, True)


def test_an_answer_without_money_stays_where_no_other_has_any(office: Office, told: Any) -> None:
    told(ACTIVE)
    checks = office.checks()
    assert [row.service_types for row in checks] == [["MH"], ["98"], ["30"]]
    assert [row.is_current for row in checks] == [True, False, False]


def test_a_day_the_payer_refuses_becomes_today(office: Office, told: Any) -> None:
    with office.inside():
        asking.plan(
            [asking.Wanted(office.coverage, office.client, dt.date(2026, 11, 20), "hand")],
            standing.load(dt.date(2026, 11, 17)),
            actor=office.bob,
        )
    office.line.answers = [
        lambda content: answer_to(content, reject="63"),
        lambda content: answer_to(content, *FULL),
    ]
    office.run()
    assert [row.service_on for row in office.checks()] == [dt.date(2026, 11, 20), dt.date(2026, 11, 17)]


def test_what_changed_is_told(office: Office, told: Any) -> None:
    told()
    check = told(INACTIVE)
    assert [one["kind"] for one in check.alerts] == ["inactive"]
    assert "any more" in check.alerts[0]["words"]
    assert [row.is_current for row in office.checks()] == [False, True]


def test_coverage_that_is_added_or_changed_is_asked_about(office: Office) -> None:
    facts = {name: getattr(office.coverage, name) for name in ("payer", "rank", "starts_on", "ends_on", "relationship")}
    with office.inside():
        change_coverage(actor=office.bob, coverage_id=office.coverage.pk, **facts, member_id="K2")
    office.run()
    (check,) = office.checks()
    assert (check.reason, check.outcome) == ("added", "active")
    with office.inside():
        change_coverage(actor=office.bob, coverage_id=office.coverage.pk, **facts, member_id="K2", plan_name="Gold")
    assert len(office.checks()) == 1


def test_a_changed_member_id_makes_the_former_answer_count_no_more(office: Office, told: Any) -> None:
    told()
    facts = {name: getattr(office.coverage, name) for name in ("payer", "rank", "starts_on", "ends_on", "relationship")}
    with office.inside():
        PayerEnrollment.objects.filter(transaction="270").delete()
        change_coverage(actor=office.bob, coverage_id=office.coverage.pk, **facts, member_id="K9")
    assert [row.is_current for row in office.checks()] == [False]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda office: Coverage.objects.update(member_id=""), "The member ID is missing."),
        (lambda office: PayerEnrollment.objects.filter(transaction="270").delete(), "not set up to answer"),
        (lambda office: office.client.__class__.objects.update(date_of_birth=None), "date of birth is missing"),
    ],
)
def test_what_is_missing_is_said(office: Office, change: Any, sentence: str) -> None:
    with office.inside():
        change(office)
        with pytest.raises(EligibilityRefusedError, match=sentence):
            asking.ask(actor=office.bob, coverage_id=office.coverage.pk)


def test_the_carve_out_payer_becomes_the_coverage_and_is_asked(office: Office, told: Any) -> None:
    check = told(*FULL, CARVE_OUT)
    assert {one["kind"] for one in check.alerts} == {"carve_out", "copay"}
    with office.inside(), pytest.raises(EligibilityRefusedError, match="Add it first"):
        acting.use_payer(actor=office.bob, check_id=check.pk, position=0)
    with office.inside():
        carelon = PracticePayer.objects.create(name="Carelon Behavioral Health", payer_id="CARE1")
        PayerEnrollment.objects.create(payer=carelon, transaction="270", since=dt.date(2026, 1, 1))
        row = acting.use_payer(actor=office.bob, check_id=check.pk, position=0)
        assert row.payer == carelon
    office.run()
    payer = asked(office.line.questions[-1]).payer
    assert payer
    assert payer.id == "CARE1"


def test_the_payers_copay_goes_on_the_coverage(office: Office, told: Any) -> None:
    check = told(ACTIVE, COPAY)
    with office.inside():
        acting.use_copay(actor=office.bob, check_id=check.pk)
        assert str(Coverage.objects.get(pk=office.coverage.pk).copay) == "25.00"


def test_many_are_asked_with_one_click(office: Office, line: Line) -> None:
    with office.inside():
        asked_ = asking.ask_many(actor=office.bob, coverage_ids=[office.coverage.pk])
    assert (asked_.count, asked_.left) == (1, 0)
    assert due.planned(ASK, practice_id=office.practice.pk)


def test_a_round_at_night_asks_and_plans_the_next(office: Office) -> None:
    night = dt.datetime(2026, 11, 17, 7, 30, tzinfo=dt.UTC)  # 2:30 AM in New York
    with office.inside():
        book(office.facts, (office.client, office.coverage), night + dt.timedelta(days=2))
    with clock.at(night):
        sweeping.sweep(office.practice.pk, str(office.practice.pk))
        office.run()
    assert [(row.reason, row.outcome) for row in office.checks()] == [("first_visit", "active")]
    row = DueWork.objects.get(kind=sweeping.SWEEP)
    assert row.due_at == night + sweeping.EVERY


def test_a_practice_that_does_not_want_it_is_left_alone(office: Office) -> None:
    with office.inside():
        EligibilitySettings.objects.create(asks_by_itself=False)
        book(office.facts, (office.client, office.coverage), clock.now() + dt.timedelta(days=1))
    sweeping.sweep(office.practice.pk, str(office.practice.pk))
    assert office.checks() == []
