"""The answers of a whole sandbox without its doors: valid by others' validators, the same every time, once only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import oxedi
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edi.claims.model import ClaimTransaction, Patient, Payer, Person
from edi.remittances.balancing import balance
from edi.remittances.reversals import is_negation
from sandbox.outcomes import BEFORE_ANY_CLAIM, Outcome
from sandbox.reading_scenarios import load
from sandbox.scenario import Scenario
from tests.edi.oracles import pyx12_errors
from tests.sandbox.making import DAY, STREET, claim, line, sent, subscriber, transaction
from tests.sandbox.offices import Desk, remittances, scripted
from tests.sandbox.running import SCENARIOS

BLUE = Payer("BLUE HARBOR PPO", "BLHB2")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A sandbox with two payers, where nothing goes wrong but by the member's number."""
    desk = Desk(tmp_path, load(SCENARIOS / "loop.toml"))
    yield desk
    desk.office.close()


SOME = [one for one in Outcome if one not in BEFORE_ANY_CLAIM and "rejected" not in one] + [Outcome.REJECTED_MEMBER]
"""Outcomes that can stand beside each other in one transaction."""


def every_outcome() -> Scenario:
    """A scenario with a member for each of them."""
    return scripted(*[{"member": f"M{number}", "outcome": str(one)} for number, one in enumerate(SOME)])


def file_of_every_outcome(control: int = 1) -> bytes:
    """A claim of two lines for each of them."""
    claims = [
        claim(f"PCN{number}X{control}", line("L1"), line("L2", "90785", "20.00"), member=f"M{number}")
        for number, _ in enumerate(SOME)
    ]
    return sent(transaction(*claims), control=control, acknowledgment_wanted=True)


def test_every_answer_is_valid_for_other_peoples_validators(tmp_path: Path) -> None:
    desk = Desk(tmp_path, every_outcome())
    answers = desk.put(file_of_every_outcome()) + desk.put(sent(control=2))
    answers += desk.put(sent(control=3).replace(b"HI*ABK:F411~", b"").replace(b"SE*27", b"SE*26"))
    kinds = {name.partition("_")[0] for name in desk.names()}
    desk.office.close()
    assert kinds == {"TA1", "999", "277CA", "835"}
    assert [pyx12_errors(answer) for answer in answers if pyx12_errors(answer)] == []
    payments = [answer for answer in answers if b"ST*835" in answer]
    assert len(payments) == 3
    assert [list(oxedi.parse(one).diagnostics) for one in payments if oxedi.parse(one).diagnostics] == []


def test_everything_says_sandbox(tmp_path: Path) -> None:
    desk = Desk(tmp_path, every_outcome())
    answers, names = desk.put(file_of_every_outcome()), desk.names()
    desk.office.close()
    assert all(b"SANDBOX" in answer for answer in answers)
    assert all("sandbox" in name for name in names)
    for one in remittances(answers):
        assert one.payer.name == "KEYSTONE MUTUAL"
        assert all("SANDBOX" in contact.name for contact in one.payer.contacts)
        assert one.receiver_id == "SANDBOX"


def test_the_same_files_give_the_same_bytes_but_for_the_control_numbers(tmp_path: Path) -> None:
    files = [file_of_every_outcome(), file_of_every_outcome(2)]
    first, second = (Desk(tmp_path / name, every_outcome()) for name in ("a", "b"))
    one = [answer for content in files for answer in first.put(content)]
    renumbered = [content.replace(b"PCN", b"ABC") for content in files]
    two = [answer.replace(b"ABC", b"PCN") for content in renumbered for answer in second.put(content)]
    assert one == two
    for desk in (first, second):
        desk.office.close()


def test_a_file_is_taken_once_for_its_name_and_content(desk: Desk) -> None:
    assert len(desk.put(sent(), "a.x12")) == 3
    assert desk.put(sent(), "a.x12") == []
    assert len(desk.put(sent(control=2), "a.x12")) == 3
    assert [b"TA1*000000002" in answer for answer in desk.put(sent(control=2), "b.x12")] == [True]


def test_a_control_number_that_was_turned_away_may_come_again(desk: Desk) -> None:
    assert len(desk.put(sent()[:-40], "cut.x12")) == 1
    assert len(desk.put(sent(), "whole.x12")) == 3


def test_payers_and_days_have_remittances_of_their_own(desk: Desk) -> None:
    parts: tuple[ClaimTransaction, ...] = (
        transaction(claim("P1")),
        transaction(claim("P2"), control="0002", reference="B2", payer=BLUE),
        transaction(claim("P3", member="KM7"), control="0003", reference="B3"),
    )
    paid = remittances(desk.put(sent(*parts)))
    assert [[one.patient_control_number for one in each.claims] for each in paid] == [["P1", "P3"], ["P2"]]
    assert [each.method for each in paid] == ["ACH", "NON"]
    assert len({each.trace for each in paid}) == 2


def test_the_deductible_of_a_year_is_used_up_once(desk: Desk) -> None:
    days = [DAY - timedelta(number) for number in range(5)]
    claims = [claim(f"P{at}", line(day=day), member="M1") for at, day in enumerate(days)]
    (paid,) = remittances(desk.put(sent(transaction(*claims, payer=BLUE))))
    used = [one.amount for each in paid.claims for one in each.all_adjustments() if one.reason == "1"]
    assert sum(used) == Decimal("300.00")
    assert paid.claims[-1].patient_responsibility == Decimal("19.72")


def test_a_replacement_reverses_what_stood_and_a_second_one_finds_nothing(desk: Desk) -> None:
    (paid,) = remittances(desk.put(sent(transaction(claim("OLD")))))
    number = paid.claims[0].payer_control_number
    replacing = claim("NEW", line(code="90837", amount="168.00"), frequency="7", original_reference=number)
    (changed,) = remittances(desk.put(sent(transaction(replacing), control=2)))
    assert is_negation(paid.claims[0], changed.claims[0])
    assert [one.status for one in changed.claims] == ["22", "1"]
    again = desk.put(sent(transaction(replacing), control=3))
    assert remittances(again) == []
    assert b"STC*A3:35*" in again[1]


def test_a_replacement_stops_a_takeback_that_is_still_to_come(tmp_path: Path) -> None:
    rule = {"outcome": "taken_back", "days": 14}
    desk = Desk(tmp_path, scripted(rule, timing={"hold": True, "remit_after_days": 9}))
    answers = desk.put(sent(transaction(claim("OLD"))))
    number = next(element for element in answers[1].decode().split("~") if element.startswith("REF*1K"))[7:]
    replacing = claim("NEW", frequency="7", original_reference=number)
    desk.put(sent(transaction(replacing), control=2, day=date(2026, 3, 16)))
    desk.office.move_to(date(2026, 6, 1))
    statuses = [
        one.status
        for answer in desk.office.store.answers()
        for each in remittances([answer.content])
        for one in each.claims
    ]
    desk.office.close()
    assert statuses == ["1", "22", "1"]


def test_what_was_held_is_not_paid_before_its_day_when_answers_come_at_once(tmp_path: Path) -> None:
    held = Desk(tmp_path, scripted(timing={"hold": True, "remit_after_days": 9}))
    assert remittances(held.put(sent(transaction(claim("HELD")), day=date(2026, 3, 16)), "held.x12")) == []
    held.office.close()
    desk = Desk(tmp_path, scripted())
    (now,) = remittances(desk.put(sent(transaction(claim("NEW")), control=2, day=date(2026, 3, 17)), "new.x12"))
    assert [one.patient_control_number for one in now.claims] == ["NEW"]
    desk.office.move_to(date(2026, 3, 25))
    (later,) = remittances(desk.new())
    assert [one.patient_control_number for one in later.claims] == ["HELD"]
    desk.office.close()


def test_a_void_takes_the_money_back_and_the_service_may_be_billed_again(desk: Desk) -> None:
    (paid,) = remittances(desk.put(sent(transaction(claim("OLD")))))
    number = paid.claims[0].payer_control_number
    void = claim("VOID", frequency="8", original_reference=number)
    (taken,) = remittances(desk.put(sent(transaction(void), control=2)))
    assert (taken.amount, taken.method) == (Decimal(0), "NON")
    (again,) = remittances(desk.put(sent(transaction(claim("AGAIN")), control=3)))
    assert again.claims[0].paid == paid.claims[0].paid
    assert (again.amount, again.method) == (Decimal(0), "NON")


def test_somebody_elses_claim_cannot_be_voided(desk: Desk) -> None:
    (paid,) = remittances(desk.put(sent(transaction(claim("OLD")))))
    void = claim("VOID", frequency="8", original_reference=paid.claims[0].payer_control_number)
    answers = desk.put(sent(transaction(void, payer=BLUE), control=2))
    assert b"STC*A3:35*" in answers[1]


def test_members_of_a_family_are_not_each_others_duplicates(desk: Desk) -> None:
    holder = subscriber("FAM1", birth_date=None, sex="", address=None)
    children = [Patient(Person("VEGA", name), "19", STREET, date(2015, 1, 1), "F") for name in ("ANA", "EVA")]
    claims = [claim(f"P{at}", subscriber=holder, patient=child) for at, child in enumerate(children)]
    (paid,) = remittances(desk.put(sent(transaction(*claims))))
    assert all(one.paid for one in paid.claims)
    (twice,) = remittances(desk.put(sent(transaction(claim("P9", subscriber=holder, patient=children[0])), control=2)))
    assert twice.claims[0].all_adjustments()[0].reason == "18"


def test_what_the_checks_find_above_syntax_rejects_that_claim_alone(desk: Desk) -> None:
    content = sent(transaction(claim("P1"), claim("P2", member="M2"))).replace(b"CLM*P2*142*", b"CLM*P2*143*")
    answers = desk.put(content)
    assert b"IK5*A~" in answers[0]
    assert b"STC*A8:178*20260305*U*143" in answers[1]
    assert [one.patient_control_number for each in remittances(answers) for one in each.claims] == ["P1"]


sessions = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["90834", "90837", "90853"]), st.integers(0, 20)),
    min_size=1,
    max_size=8,
)


@given(st.lists(sessions, min_size=1, max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_remittance_balances_and_in_the_end_the_money_is_what_was_decided(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[tuple[int, str, int]]]
) -> None:
    desk = Desk(tmp_path_factory.mktemp("desk"), _mixed())
    paid = decided = Decimal(0)
    for control, services in enumerate(files, 1):
        claims = [
            claim(f"P{control}X{at}", line(code=code, day=DAY - timedelta(back)), member=f"M{member}")
            for at, (member, code, back) in enumerate(services)
        ]
        for one in remittances(desk.put(sent(transaction(*claims), control=control))):
            assert balance(one) == []
            assert one.amount >= 0
            paid += one.amount
            decided += sum((each.paid for each in one.claims), Decimal(0))
    owed = sum((debt.left for debt in desk.office.books.debts("KEYM1", "1245319599")), Decimal(0))
    desk.office.close()
    assert paid - owed == decided


pieces = st.one_of(
    st.binary(max_size=6), st.sampled_from([b"~", b"*", b":", b"", b"HL*9*1*22*0~", b"\x00", b"0", b"99999999999"])
)
damages = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 40), pieces), min_size=1, max_size=4)


@given(damages)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged_bytes_are_always_answered(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[float, int, bytes]]
) -> None:
    content = sent(transaction(claim("P1"), claim("P2", member="M2")))
    for place, length, piece in damage:
        start = int(place * len(content))
        content = content[:start] + piece + content[start + length :]
    desk = Desk(tmp_path_factory.mktemp("desk"), load(SCENARIOS / "loop.toml"))
    answers = desk.put(content)
    desk.office.close()
    assert answers
    assert all(balance(one) == [] for one in remittances(answers))


def _mixed() -> Scenario:
    """Takebacks, corrections and denials among what is paid; no interest."""
    return scripted(
        {"outcome": "taken_back", "share": Decimal("0.3")},
        {"outcome": "corrected_later", "share": Decimal("0.3"), "percent": 50},
        {"outcome": "denied_no_authorization", "share": Decimal("0.2")},
        plans=[{"copay": 25, "deductible": 100, "coinsurance": 20}],
    )
