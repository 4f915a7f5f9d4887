"""Every outcome’s answers, over several kinds of claims, are accepted by others’ validators and by our readers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import oxedi
import pytest

from edi.acknowledgments.reading import read as read_acknowledgment
from edi.acknowledgments.reading import read_interchange
from edi.claims.model import Claim, Patient, Payer, Person
from edi.interchanges import Transaction
from edi.reading import read
from edi.remittances.balancing import balance
from edi.remittances.denials import is_denial, is_line_denial
from edi.remittances.reversals import is_negation
from edi.statuses.model import Level
from edi.statuses.outcomes import outcomes
from edi.statuses.reading import read as read_report
from sandbox.outcomes import BEFORE_ANY_CLAIM, REJECTIONS, Outcome
from tests.edi.making import secondary_claim
from tests.edi.oracles import pyx12_errors
from tests.sandbox.making import CLINICIAN, STREET, claim, line, sent, subscriber, transaction
from tests.sandbox.offices import Desk, remittances, scripted

BLUE = Payer("BLUE HARBOR PPO", "BLHB2")
LINES = (line("L1"), line("L2", "90785", "20.01"), line("L3", "90837", "168.00", date(2026, 3, 3)))
CHILD = Patient(Person("VEGA", "LEO"), "19", STREET, date(2015, 1, 2), "M")


def second_payers() -> Claim:
    """A claim that another payer decided first, of services before the day of the file."""
    made = secondary_claim("PCN4")
    day = date(2026, 3, 2)
    lines = tuple(
        replace(
            one,
            service_date=day,
            ends_on=None,
            decisions=tuple(replace(each, decided_on=date(2026, 3, 4)) for each in one.decisions),
        )
        for one in made.lines
    )
    return replace(made, lines=lines, rendering=CLINICIAN)


def every_kind() -> tuple[Claim, ...]:
    """A claim of one line, one of three, one of a dependent, and one to a second payer."""
    of_child = claim("PCN6", *LINES, subscriber=subscriber("KM6", birth_date=None, sex=""), patient=CHILD)
    return claim("PCN3", member="KM3"), claim("PCN5", *LINES, member="KM5"), of_child, second_payers()


def answers_to(folder: Path, outcome: Outcome, *made: Claim, **facts: Any) -> list[bytes]:
    """What the sandbox answers to claims with an outcome, between two that are paid."""
    rules = {"outcome": "paid", "member": "OTHER*"}, {"outcome": outcome.value}
    plan = {"copay": Decimal("12.34"), "coinsurance": Decimal(15)}
    desk = Desk(folder, scripted(*rules, plans=[plan], **facts))
    other = claim("PCN1", member="OTHER1"), claim("PCN2", *LINES, member="OTHER2")
    answers = desk.put(sent(transaction(other[0], *made, other[1]), acknowledgment_wanted=True))
    answers += desk.put(sent(transaction(claim("PCN9", member="OTHER3")), control=2))
    desk.office.close()
    return answers


def transactions(answers: list[bytes], kind: str) -> list[Transaction]:
    """Those of one set."""
    found = (one for answer in answers for interchange in read(answer) for one in interchange.transactions)
    return [one for one in found if one.set_id == kind]


@pytest.mark.parametrize("outcome", Outcome)
def test_the_answers_of_every_outcome_are_accepted_by_others(tmp_path: Path, outcome: Outcome) -> None:
    answers = answers_to(tmp_path, outcome, *every_kind())
    assert [pyx12_errors(answer) for answer in answers if pyx12_errors(answer)] == []
    paid = [answer for answer in answers if b"ST*835" in answer]
    assert [list(oxedi.parse(one).diagnostics) for one in paid if oxedi.parse(one).diagnostics] == []
    assert [balance(one) for one in remittances(answers) if balance(one)] == []
    assert [one.defects for one in remittances(answers) if one.defects] == []


@pytest.mark.parametrize("one_file", [False, True])
def test_several_payments_in_one_file_are_accepted_by_others(tmp_path: Path, one_file: bool) -> None:
    desk = Desk(tmp_path, scripted({"outcome": "taken_back"}, timing={"one_file": one_file}))
    parts = transaction(claim("P1")), transaction(claim("P2"), control="0002", reference="B2", payer=BLUE)
    answers = [answer for answer in desk.put(sent(*parts)) if b"ST*835" in answer]
    desk.office.close()
    assert len(answers) == (1 if one_file else 4)
    assert len({one.trace for one in remittances(answers)}) == 4
    for answer in answers:
        assert pyx12_errors(answer) == []
        assert list(oxedi.parse(answer).diagnostics) == []


def said_of(answers: list[bytes]) -> list[tuple[Level, str, str]]:
    """Level, claim and verdict of everything the first file's 277CA says."""
    report = read_report(transactions(answers, "277")[0])
    return [
        (one.level, one.claim.patient_control_number if one.claim else "", one.verdict.value)
        for one in outcomes(report)
    ]


@pytest.mark.parametrize("outcome", REJECTIONS)
def test_a_rejection_stands_at_its_level(tmp_path: Path, outcome: Outcome) -> None:
    answers = answers_to(tmp_path, outcome, claim("PCN3", *LINES))
    said = said_of(answers)
    level = REJECTIONS[outcome].level
    if level in {Level.RECEIVER, Level.PROVIDER}:
        assert {verdict for _, _, verdict in said} == {"rejected"}
        assert f"STC*{REJECTIONS[outcome].category}:{REJECTIONS[outcome].status}".encode() in answers[2]
    else:
        assert [(account, verdict) for _, account, verdict in said if account] == [
            ("PCN1", "accepted"),
            ("PCN3", "rejected"),
            ("PCN2", "accepted"),
        ]
    if level is Level.LINE:
        (told,) = (one for one in read_report(transactions(answers, "277")[0]).claims() if one.lines)
        assert [one.reference for one in told.lines] == ["L1"]


def test_a_file_and_a_transaction_are_refused_before_any_claim(tmp_path: Path) -> None:
    answers = answers_to(tmp_path / "a", Outcome.REJECTED_INTERCHANGE, claim("PCN3"))
    (told,) = read_interchange(read(answers[0])[0])
    assert (told.status, told.note) == ("R", "024")
    answers = answers_to(tmp_path / "b", Outcome.REJECTED_SYNTAX, claim("PCN3"))
    refused, accepted = (read_acknowledgment(one) for one in transactions(answers, "999"))
    assert (refused.status, accepted.status) == ("R", "A")
    assert refused.sets[0].errors[0].patient_control_number == "PCN3"
    assert len(BEFORE_ANY_CLAIM) == 2


def paid(folder: Path, outcome: Outcome, **facts: Any) -> Any:
    """The payment of a claim of three lines with an outcome."""
    found = [
        one
        for each in remittances(answers_to(folder, outcome, claim("PCN3", *LINES), **facts))
        for one in each.claims
        if one.patient_control_number == "PCN3"
    ]
    return found[0]


def test_money_outcomes_say_what_they_are(tmp_path: Path) -> None:
    usual = paid(tmp_path / "a", Outcome.PAID)
    part = paid(tmp_path / "b", Outcome.PARTLY_PAID)
    assert Decimal(0) < part.paid < usual.paid
    assert "119" in {one.reason for one in part.all_adjustments()}
    nothing = paid(tmp_path / "c", Outcome.ZERO_PAID)
    assert (nothing.paid, nothing.status, is_denial(nothing)) == (Decimal(0), "1", False)
    assert nothing.patient_responsibility == sum(one.allowed or 0 for one in nothing.lines)
    denied = paid(tmp_path / "d", Outcome.DENIED)
    assert (denied.paid, denied.status, is_denial(denied)) == (Decimal(0), "4", True)


def test_a_crossover_and_a_corrected_name_are_told(tmp_path: Path) -> None:
    passed = paid(tmp_path / "a", Outcome.CROSSED_OVER)
    assert (passed.status, passed.is_forwarded, passed.crossover.id) == ("19", True, "SBSUP")
    renamed = paid(tmp_path / "b", Outcome.CORRECTED_NAME)
    assert (renamed.corrected.id, renamed.corrected.id_qualifier) == ("KM447190101", "C")


def test_bundled_split_and_recoded_lines_keep_the_money_of_the_claim(tmp_path: Path) -> None:
    usual = paid(tmp_path / "a", Outcome.PAID)
    bundled = paid(tmp_path / "b", Outcome.BUNDLED)
    assert (bundled.paid, bundled.charge) == (usual.paid, usual.charge)
    assert [(one.procedure.code, one.original.code) for one in bundled.lines] == [
        ("90832", "90834"),
        ("90832", "90785"),
        ("90832", "90837"),
    ]
    assert [one.paid for one in bundled.lines] == [usual.paid, 0, 0]
    split = paid(tmp_path / "c", Outcome.SPLIT)
    assert (split.paid, split.charge) == (usual.paid, usual.charge)
    assert [one.reference for one in split.lines] == ["L1", "L1", "L2", "L2", "L3", "L3"]
    recoded = paid(tmp_path / "d", Outcome.RECODED)
    assert [one.original.code for one in recoded.lines] == ["90834", "90785", "90837"]
    assert not any(is_line_denial(one) for one in recoded.lines)


def test_a_reversal_may_come_alone(tmp_path: Path) -> None:
    desk = Desk(tmp_path, scripted({"outcome": "reversed_later"}))
    first, second = remittances(desk.put(sent(transaction(claim("P1")))))
    desk.office.close()
    assert is_negation(first.claims[0], second.claims[0])
    assert (second.amount, second.method) == (Decimal(0), "NON")
    assert second.provider_adjustments[0].amount == -first.claims[0].paid


def test_money_is_taken_back_by_a_plb_alone_from_the_next_payments(tmp_path: Path) -> None:
    desk = Desk(tmp_path, scripted({"outcome": "taken_back_by_plb", "member": "KM1"}))
    (first,) = remittances(desk.put(sent(transaction(claim("P1", member="KM1")))))
    (second,) = remittances(desk.put(sent(transaction(claim("P2", *LINES, member="KM2")), control=2)))
    desk.office.close()
    (entry,) = second.provider_adjustments
    assert (entry.reason, entry.reference) == ("WO", first.claims[0].payer_control_number)
    assert entry.amount == first.claims[0].paid
    assert [one.patient_control_number for one in second.claims] == ["P2"]
    assert second.amount == second.claims[0].paid - entry.amount


def test_a_second_payer_pays_what_the_first_left(tmp_path: Path) -> None:
    answers = answers_to(tmp_path, Outcome.PAID, second_payers())
    (one,) = (one for each in remittances(answers) for one in each.claims if one.patient_control_number == "PCN4")
    assert (one.status, one.paid) == ("2", sum((Decimal(20) for _ in one.lines), Decimal(0)))
    assert {(each.group, each.reason) for each in one.all_adjustments()} == {("OA", "23")}
