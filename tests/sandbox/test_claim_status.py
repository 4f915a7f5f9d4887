"""The sandbox's 277: what it did with a claim, told as our own reading of answers understands it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from x12sdk.io import X12ModelReader

from edi.claims.model import ClaimTransaction, Patient, Person
from edi.inquiries.outcomes import State
from sandbox.outcomes import DENIALS, REJECTIONS, Outcome
from sandbox.realtime import Kind
from tests.sandbox.asking import TODAY, as_276, meaning
from tests.sandbox.making import BILLING, STREET, claim, line, sent, transaction
from tests.sandbox.offices import Desk, remittances, scripted
from tests.sandbox.running import running

PATH = "/2024-04-01/change/medicalnetwork/claimstatus/v2/raw-x12"
CHILD = Patient(Person("VEGA", "LEO"), "19", STREET, date(2015, 1, 2), "M")


def asked(desk: Desk, sent_before: ClaimTransaction, number: str = "PCN1", day: date = TODAY) -> Any:
    """What the payer says of a claim on a day."""
    _, body = desk.ask(Kind.CLAIM_STATUS, as_276(sent_before, number, day))
    found = meaning(body["x12"], sent_before, number)
    with X12ModelReader(body["x12"]) as reader:
        assert len(list(reader.models())) == 1
    return found


STATES = {
    **dict.fromkeys(DENIALS, State.DENIED),
    **dict.fromkeys(REJECTIONS, State.REJECTED),
    Outcome.LINE_DENIED: State.DENIED,
    Outcome.UNANSWERED: State.RECEIVED,
    Outcome.TAKEN_BACK: State.DENIED,
    Outcome.DENIED: State.DENIED,
    Outcome.ZERO_PAID: State.UNDECIDABLE,
    Outcome.REJECTED_INTERCHANGE: State.NOT_ON_FILE,
    Outcome.REJECTED_SYNTAX: State.NOT_ON_FILE,
}


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("patient", [None, CHILD], ids=["subscriber", "dependent"])
def test_every_outcome_is_told_and_x12sdk_reads_it(tmp_path: Path, outcome: Outcome, patient: Patient | None) -> None:
    desk = Desk(tmp_path, scripted({"outcome": outcome.value}))
    part = transaction(claim("PCN1", patient=patient))
    desk.put(sent(part))
    found = asked(desk, part)
    desk.office.close()
    assert found.state is STATES.get(outcome, State.PAID), found.reason
    assert found.is_on_file is (found.state not in {State.REJECTED, State.NOT_ON_FILE})


def test_a_payment_is_told_with_its_amount_day_and_trace(tmp_path: Path) -> None:
    desk = Desk(tmp_path, scripted())
    part = transaction(claim("PCN1"))
    (payment,) = remittances(desk.put(sent(part)))
    (told,) = asked(desk, part).claims
    desk.office.close()
    assert (told.paid, told.charge, told.remittance_number) == (payment.amount, Decimal(142), payment.trace)
    assert told.payer_control_number == payment.claims[0].payer_control_number
    assert told.statuses[0].remitted_on == payment.paid_on


def test_a_claim_is_accepted_then_pending_then_paid(tmp_path: Path) -> None:
    desk = Desk(tmp_path, scripted(timing={"hold": True, "remit_after_days": 9}))
    part = transaction(claim("PCN1"))
    desk.put(sent(part))
    assert asked(desk, part).state is State.RECEIVED
    assert asked(desk, part, day=TODAY + timedelta(3)).state is State.PENDING
    desk.office.move_to(TODAY + timedelta(9))
    assert asked(desk, part, day=TODAY + timedelta(9)).state is State.PAID
    desk.office.close()


@pytest.mark.parametrize("category", ["A4", "D0"])
def test_a_claim_that_never_came_is_not_on_file(tmp_path: Path, category: str) -> None:
    desk = Desk(tmp_path, scripted(payers=[{"id": "KEYM1", "not_on_file": category}]))
    found = asked(desk, transaction(claim("PCN1")))
    desk.office.close()
    assert (found.state, found.is_on_file) == (State.NOT_ON_FILE, False)
    assert found.claims[0].statuses[0].codes[0].category == category


def test_what_an_edit_of_the_clearinghouse_refused_is_not_on_file_at_the_payer(tmp_path: Path) -> None:
    desk = Desk(tmp_path, scripted())
    part = transaction(claim("PCN1", line(modifiers=("95", "95"))))
    desk.put(sent(part))
    assert asked(desk, part).state is State.NOT_ON_FILE
    desk.office.close()


def test_a_claim_is_found_by_member_charge_and_day_too_but_not_for_another_provider(tmp_path: Path) -> None:
    desk = Desk(tmp_path, scripted())
    part = transaction(claim("PCN1"))
    desk.put(sent(part))
    nameless = as_276(part, "PCN1").replace(b"REF*EJ*PCN1~", b"")
    count = int(nameless.partition(b"SE*")[2].partition(b"*")[0])
    nameless = nameless.replace(b"SE*%d*" % count, b"SE*%d*" % (count - 1))
    _, body = desk.ask(Kind.CLAIM_STATUS, nameless)
    assert meaning(body["x12"], part, "PCN1").state is State.PAID
    stranger = replace(part, billing=replace(BILLING, npi="1234567893"))
    assert asked(desk, stranger).state is State.NOT_ON_FILE
    desk.office.close()


def test_a_voided_claim_is_finished_and_on_file(tmp_path: Path) -> None:
    desk = Desk(tmp_path, scripted())
    part = transaction(claim("PCN1"))
    (payment,) = remittances(desk.put(sent(part)))
    number = payment.claims[0].payer_control_number
    desk.put(sent(transaction(claim("PCN2", frequency="8", original_reference=number)), control=2))
    found = asked(desk, part)
    desk.office.close()
    assert (found.state, found.is_on_file) == (State.UNDECIDABLE, True)


def test_it_is_answered_over_the_api_and_refused_where_it_cannot_be_read(tmp_path: Path) -> None:
    part = transaction(claim("PCN1"))
    question = as_276(part, "PCN1").decode()
    with running(tmp_path) as sandbox, sandbox.api() as api:
        body = api.post(PATH, json={"x12": question}).json()
        assert meaning(body["x12"], part, "PCN1").state is State.NOT_ON_FILE
        refused = api.post(PATH, json={"x12": question.replace("SE*", "SE*1")}).json()
        assert (refused["status"], refused["transactionSetAcknowledgement"]) == ("ERROR", "R")
        assert "ST*999*" in refused["x12"]
        assert api.post(PATH, json={"x12": "letter"}).status_code == 400
