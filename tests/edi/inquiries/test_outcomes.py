"""What an answer means for a claim we hold as unknown: decided only where nothing is left to guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from edi.codes.status import status_categories
from edi.inquiries.answers import ClaimAnswer, DependentAnswer, StatusAnswer
from edi.inquiries.meanings import CATEGORIES, Meaning, meaning_of_code
from edi.inquiries.outcomes import Held, State, outcome
from edi.parties import Reference
from edi.statuses.stc import StatusCode
from tests.edi.inquiries.making import (
    DAY,
    DEPENDENT,
    HELD,
    TODAY,
    answer_bytes,
    answered,
    answers_in,
    answers_of,
    claim,
    decided,
    line,
    said,
)


@pytest.mark.parametrize(
    ("category", "expected", "on_file"),
    [
        ("A0:16", "received", True),
        ("A1:20", "received", True),
        ("A2:20", "received", True),
        ("A5:72", "received", True),
        ("A3:21", "rejected", False),
        ("A6:21", "rejected", False),
        ("A7:562", "rejected", False),
        ("A8:21", "rejected", False),
        ("P0:20", "pending", True),
        ("P1:20", "pending", True),
        ("P2:46", "pending", True),
        ("P3:317", "pending", True),
        ("P4:57", "pending", True),
        ("P5:55", "pending", True),
        ("R0:60", "pending", True),
        ("R4:59", "pending", True),
        ("F1:65", "paid", True),
        ("F2:88", "denied", True),
        ("F0:1", "undecidable", True),
        ("F3:101", "undecidable", True),
        ("F3F:16", "undecidable", True),
        ("F3N:16", "undecidable", True),
        ("F4:98", "undecidable", True),
        ("A4:35", "not_on_file", False),
        ("D0:35", "not_on_file", False),
        ("A4:33", "undecidable", None),
        ("D0:33", "undecidable", None),
        ("D0:0", "undecidable", None),
        ("E0:0", "undecidable", None),
        ("E1:0", "undecidable", None),
        ("E4:0", "undecidable", None),
        ("DR04:35", "undecidable", None),
        ("ZZ:1", "undecidable", None),
        ("F2:35", "undecidable", None),
        ("P1:35", "undecidable", None),
    ],
)
def test_a_category_decides(category: str, expected: str, on_file: bool | None) -> None:
    found = decided(claim(said(category)))
    assert (found.state.value, found.is_on_file) == (expected, on_file)
    assert found.reason.endswith(".")


def test_every_listed_category_has_a_meaning_or_says_nothing_of_the_claim() -> None:
    silent = {code for code in status_categories() if meaning_of_code(StatusCode(code, "20")) is Meaning.UNANSWERED}
    reporting = {code for code in status_categories() if code.startswith("DR")}
    assert silent == reporting | {"E0", "E1", "E2", "E3", "E4", "A4", "D0"}
    assert set(CATEGORIES) <= set(status_categories())


@pytest.mark.parametrize(
    ("codes", "paid", "expected"),
    [
        (("F1:65",), "200", "paid"),
        (("F1:65",), "0", "undecidable"),
        (("F1:65",), "-200", "undecidable"),
        (("F2:88",), "0", "denied"),
        (("F2:88",), "200", "undecidable"),
        (("F0:3",), "200", "paid"),
        (("F0:3",), "0", "undecidable"),
        (("F0:3",), "-5", "undecidable"),
        (("F3F:16",), "200", "paid"),
        (("F3:101",), "200", "undecidable"),
        (("F4:98",), "200", "undecidable"),
        (("P1:20",), "0", "pending"),
        (("P1:20",), "200", "undecidable"),
        (("A4:35",), "0", "not_on_file"),
        (("F0:3", "F1:65"), "200", "paid"),
        (("F0:1", "F2:88"), None, "denied"),
        (("A2:20", "P1:20"), None, "pending"),
        (("A2:20", "F1:65"), None, "undecidable"),
        (("F1:65", "F2:88"), "200", "undecidable"),
        (("F1:65", "E1:0"), "200", "undecidable"),
    ],
)
def test_money_and_codes_have_to_agree(codes: tuple[str, ...], paid: str | None, expected: str) -> None:
    assert decided(claim(said(*codes, paid=paid))).state.value == expected


def test_statuses_of_one_claim_have_to_agree() -> None:
    assert decided(claim(said("P1:20"), said("P3:317"))).state is State.PENDING
    assert decided(claim(said("P1:20"), said("F2:88"))).state is State.UNDECIDABLE


def test_a_reject_action_beside_a_good_category_decides_nothing() -> None:
    assert decided(claim(said("A2:20", action="U"))).state is State.UNDECIDABLE
    assert decided(claim(said("A7:562", action="U"))).state is State.REJECTED


def test_a_pharmacy_code_is_not_read_as_a_claim_status_code() -> None:
    assert decided(claim(said("A4:35::RX"))).state is State.UNDECIDABLE
    found = decided(claim(said("F2:80::RX", paid="0")))
    assert (found.state, "status code 80" in found.reason) == (State.DENIED, True)


@pytest.mark.parametrize(
    ("own", "lines", "expected"),
    [
        ("F1:65", ("F1:65", "F2:88"), "paid"),
        ("F1:65", ("F2:88", "F2:88"), "undecidable"),
        ("F1:65", ("P1:20",), "undecidable"),
        ("F2:88", ("F2:88",), "denied"),
        ("F2:88", ("F1:65",), "undecidable"),
        ("P1:20", ("F1:65", "P1:20"), "pending"),
        ("P1:20", ("A7:562",), "undecidable"),
        ("A2:20", ("F1:65",), "undecidable"),
        ("A7:21", ("A7:454",), "rejected"),
        ("A4:35", ("A4:35",), "not_on_file"),
        ("A4:35", ("F1:65",), "undecidable"),
        ("F1:65", ("ZZ:1",), "undecidable"),
    ],
)
def test_lines_may_not_contradict_their_claim(own: str, lines: tuple[str, ...], expected: str) -> None:
    assert decided(claim(said(own), lines=tuple(line(one) for one in lines))).state.value == expected


def test_the_reason_says_payment_check_and_day() -> None:
    status = said("F1:65", paid="1234.5", remitted_on=date(2026, 11, 20), remittance_number="EFT77")
    found = decided(claim(status))
    assert found.reason == (
        "The payer has decided the claim, with a payment. Finished and paid: Paid. "
        "Payment: $1,234.50 by EFT77 on 11/20/2026."
    )
    assert found.payer_control_number == "ICN1"


def test_an_answer_to_another_question_says_nothing() -> None:
    found = decided(claim(said("F1:65"), trace="T2"))
    assert (found.state, found.reason) == (State.UNDECIDABLE, "The answer does not name our question.")


def test_a_question_without_a_trace_is_never_answered() -> None:
    unnamed = answered(claim(said("F1:65"), trace=""))
    assert outcome(unnamed, replace(HELD, trace="")).state is State.UNDECIDABLE


def test_a_refused_inquiry_decides_nothing_and_says_why() -> None:
    refusal = (said("E0:24:41"),)
    for found in (decided(receiver=refusal), decided(provider=refusal)):
        assert found.state is State.UNDECIDABLE
        assert found.reason.startswith("The payer answered no question: No answer possible: the request itself")


def test_a_claim_answered_below_a_refusal_decides_nothing() -> None:
    assert decided(claim(said("F1:65")), provider=(said("E0:24"),)).state is State.UNDECIDABLE
    assert decided(claim(said("F1:65")), receiver=(said("A1:20"),)).state is State.PAID


def test_a_refused_provider_says_nothing_of_another_providers_claims() -> None:
    made = answered(claim(said("P1:20")))
    receiver = made.payers[0].receivers[0]
    refused = replace(receiver.providers[0], trace="0", statuses=(said("E0:24"),), subscribers=())
    receivers = (replace(receiver, providers=(*receiver.providers, refused)),)
    both = replace(made, payers=(replace(made.payers[0], receivers=receivers),))
    assert outcome(answers_in(answer_bytes(both))[0], HELD).state is State.PENDING


def test_of_several_claims_ours_decides() -> None:
    ours, theirs = claim(said("F2:88", paid="0")), claim(said("F1:65", paid="90"), number="PCN9")
    found = decided(theirs, ours)
    assert (found.state, [one.patient_control_number for one in found.claims]) == (State.DENIED, ["PCN1"])


def test_other_claims_alone_decide_nothing() -> None:
    found = decided(claim(said("F1:65", paid="90"), number="PCN9"))
    assert (found.state, found.is_on_file) == (State.UNDECIDABLE, None)
    assert found.reason == "The payer answered with claim PCN9, not with ours (PCN1)."


def test_a_claim_without_a_number_is_not_taken_for_ours() -> None:
    found = decided(claim(said("F1:65", paid="300"), number=""))
    assert found.state is State.UNDECIDABLE
    assert "does not carry our claim number" in found.reason


def test_not_on_file_needs_no_number_but_may_not_go_by_another() -> None:
    assert decided(claim(said("A4:35"), number="", references=())).state is State.NOT_ON_FILE
    assert decided(claim(said("A4:35"), number="PCN9")).state is State.UNDECIDABLE
    assert decided(claim(said("A4:35", charge="0"), service_from=None, service_to=None)).state is State.NOT_ON_FILE


def test_found_and_not_found_under_one_question_decide_nothing() -> None:
    assert decided(claim(said("P1:20")), claim(said("A4:35"), number="")).state is State.UNDECIDABLE


def test_two_claims_under_our_number_have_to_agree() -> None:
    first, second = claim(said("F2:54", paid="0")), claim(said("P1:20"))
    apart = decided(first, second)
    assert (apart.state, apart.is_on_file) == (State.UNDECIDABLE, True)
    nearly = decided(claim(said("A2:20")), claim(said("P1:20")))
    assert (nearly.state, nearly.is_on_file) == (State.UNDECIDABLE, True)
    assert nearly.reason.startswith("The answer contradicts itself.")
    together = decided(claim(said("P1:20")), claim(said("P1:20")))
    assert together.state is State.PENDING
    assert "2 claims that say the same" in together.reason


def test_parts_of_a_split_claim_add_up_to_ours() -> None:
    halves = (claim(said("F1:65", charge="150", paid="90")), claim(said("F1:65", charge="150", paid="80")))
    assert decided(*halves).state is State.PAID
    assert decided(halves[0]).state is State.UNDECIDABLE


def test_another_charge_under_our_number_decides_nothing() -> None:
    found = decided(claim(said("F1:65", charge="120", paid="90")))
    assert found.reason == "The payer's claim under our number has a charge of $120.00; ours is $300.00."


def test_other_dates_under_our_number_decide_nothing() -> None:
    elsewhere = claim(said("P1:20"), service_from=TODAY, service_to=TODAY)
    assert decided(elsewhere).state is State.UNDECIDABLE
    assert decided(claim(said("P1:20"), service_from=None, service_to=None)).state is State.PENDING
    assert decided(elsewhere, held=Held("T1", "PCN1")).state is State.PENDING
    assert decided(claim(said("P1:20"), service_to=DAY)).state is State.PENDING


def test_what_could_not_be_read_decides_nothing() -> None:
    content = answer_bytes(answered(claim(said("F1:65", paid="200")), claim(said("F1:65"), trace="T2")))
    assert outcome(answers_in(content)[0], HELD).state is State.PAID
    broken = answers_in(content.replace(b"*300*200~", b"*300*TWO~"))[0]
    assert outcome(broken, HELD).reason == "Part of the answer could not be read; a person has to look at it."
    assert outcome(broken, replace(HELD, trace="T2")).state is State.PAID


def test_a_claim_acknowledgment_is_not_taken_for_an_answer() -> None:
    content = answer_bytes(answered(claim(said("A2:20")))).replace(b"005010X212", b"005010X214")
    assert outcome(answers_in(content)[0], HELD).state is State.UNDECIDABLE


def test_a_dependents_claim_is_found_too() -> None:
    made = answered(dependents=(DependentAnswer(DEPENDENT, (claim(said("P1:20")),)),))
    assert outcome(answers_in(answer_bytes(made))[0], HELD).state is State.PENDING


def test_several_numbers_of_the_payer_are_none() -> None:
    other = (Reference("1K", "ICN2"), Reference("EJ", "PCN1"))
    assert decided(claim(said("P1:20")), claim(said("P1:20"), references=other)).payer_control_number == ""


@settings(max_examples=150, deadline=None)
@given(answers_of(2))
def test_no_answer_says_more_than_its_codes(made: StatusAnswer) -> None:
    found = outcome(made, HELD)
    categories = {code.category for one in found.claims for status in one.statuses for code in status.codes}
    needed = {
        State.RECEIVED: {"A1"},
        State.PENDING: {"A1", "P1", "R4"},
        State.PAID: {"F0", "F1"},
        State.DENIED: {"F0", "F2"},
        State.NOT_ON_FILE: {"A4", "D0"},
    }
    assert found.state is State.UNDECIDABLE or categories <= needed[found.state]
    assert found.reason
    assert all(_is_ours(one) for one in found.claims)


def _is_ours(found: ClaimAnswer) -> bool:
    return found.trace == HELD.trace and found.patient_control_number in {"", HELD.patient_control_number}


def test_charges_are_compared_by_value() -> None:
    assert decided(claim(said("P1:20", charge="300.00")), held=replace(HELD, charge=Decimal("300.0"))).state is (
        State.PENDING
    )
