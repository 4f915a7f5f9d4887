"""The question about a claim says what the claim said, and the answer to it decides that claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from edi.claims.model import Organization
from edi.errors import X12Error
from edi.inquiries.asking import ask, held
from edi.inquiries.outcomes import Held, State, outcome
from edi.inquiries.requests import ClaimAsked
from edi.parties import Name
from tests.edi.inquiries import making
from tests.edi.making import CHILD, ENVELOPE, SUBSCRIBER, claim, dependent_claim, line, transaction

SUBMITTER = ENVELOPE.submitter


def test_a_question_names_payer_receiver_provider_subscriber_and_claim() -> None:
    found = ask("Q1", SUBMITTER, transaction(), {"PCN1": "T1"})
    payer = found.payers[0]
    receiver = payer.receivers[0]
    (subscriber,) = found.subscribers()
    assert payer.name == making.PAYER
    assert receiver.name == Name("41", SUBMITTER.name, id_qualifier="46", id=SUBMITTER.etin, is_person=False)
    assert receiver.providers[0].name == making.PROVIDER
    assert (subscriber.name, subscriber.birth_date, subscriber.sex) == (making.SUBSCRIBER, date(1985, 4, 12), "F")
    assert list(found.claims()) == [
        ClaimAsked("T1", "PCN1", Decimal(300), service_from=date(2026, 11, 2), service_to=date(2026, 11, 9))
    ]


def test_a_dependents_claim_stands_under_the_subscriber() -> None:
    found = ask("Q1", SUBMITTER, transaction(dependent_claim()), {"PCN2": "T1"})
    (subscriber,) = found.subscribers()
    assert (subscriber.claims, subscriber.birth_date) == ((), None)
    assert subscriber.dependents[0].name == Name("QC", "SMITH", "TOM")
    assert (subscriber.dependents[0].birth_date, subscriber.dependents[0].sex) == (CHILD.birth_date, "M")


def test_only_the_claims_named_are_asked_about_in_that_order() -> None:
    sent = transaction(claim("A"), claim("B"), claim("C"))
    found = ask("Q1", SUBMITTER, sent, {"C": "T1", "A": "T2"})
    assert [(one.trace, one.patient_control_number) for one in found.claims()] == [("T1", "C"), ("T2", "A")]


def test_a_claim_that_was_not_sent_is_refused() -> None:
    with pytest.raises(X12Error, match="holds no claim X9"):
        ask("Q1", SUBMITTER, transaction(), {"X9": "T1"})


def test_a_sex_that_an_inquiry_cannot_say_is_left_out() -> None:
    unsaid = claim(subscriber=replace(SUBSCRIBER, sex="U"))
    found = ask("Q1", SUBMITTER, transaction(unsaid), {"PCN1": "T1"})
    assert [one.sex for one in found.subscribers()] == [""]


def test_an_employer_may_be_the_subscriber() -> None:
    employed = dependent_claim(subscriber=replace(SUBSCRIBER, name=Organization("ACME")))
    found = ask("Q1", SUBMITTER, transaction(employed), {"PCN2": "T1"})
    (subscriber,) = found.subscribers()
    assert subscriber.name == Name("IL", "ACME", id_qualifier="MI", id="W123456789", is_person=False)


def test_what_is_held_spans_all_days_of_service() -> None:
    lines = (line("L1", ends_on=date(2026, 11, 20)), line("L2", service_date=date(2026, 11, 9)))
    assert held(claim(lines=lines), "T1") == Held("T1", "PCN1", Decimal(300), date(2026, 11, 2), date(2026, 11, 20))


def test_the_answer_to_a_question_decides_the_claim_that_was_sent() -> None:
    sent = claim()
    answer = making.answered(making.claim(making.said("F1:65", paid="240")))
    assert outcome(answer, held(sent, "T1")).state is State.PAID
