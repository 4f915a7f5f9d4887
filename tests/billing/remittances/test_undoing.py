"""A posting taken back: linked opposite entries, and claims, denials, takebacks and pay follow."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from billing.models import ClaimLine, ClientPayment, Denial, Entry, Remittance, Takeback
from billing.money.services import refund, take_payment, write_off
from billing.receivables import balance
from billing.remittances import services, undoing
from billing.remittances.errors import NotReadyError, RemittanceRefusedError
from clinicians.models import Engagement
from edi.remittances.reversals import negated
from payroll.models import PayLine
from tests.billing.claim_factories import PAID_ON, Bench, answer, books, plb, remittance
from tests.billing.remittances.hands import arrive_and_post, post, status
from tests.billing.remittances.rooms import Room, url
from tests.billing.takebacks.test_footing import check_footing
from tests.payroll.desk import Desk, at, share
from tests.people import Cast


def undo(bench: Bench, row: Remittance, reason: str = "Matched wrongly") -> Remittance:
    return undoing.take_back(row.pk, reason=reason, actor=bench.biller, practice=bench.practice)


def again(bench: Bench, row: Remittance) -> Remittance:
    """Lets it go and posts it once more."""
    services.accept(row.pk, code="taken_back", actor=bench.biller)
    return post(bench, row)


def pays(bench: Bench, client_id: int, amount: str) -> ClientPayment:
    return take_payment(
        actor=bench.biller, client_id=client_id, method="cash", amount=Decimal(amount), received_on=PAID_ON
    )


def test_everything_is_undone_by_linked_entries_and_can_be_posted_again(bench: Bench) -> None:
    paid, refused = bench.claim("150.00", copay="25.00"), bench.claim("90.00")
    before = books()
    said = remittance(
        answer(paid, "95.00", "CO-45 30.00,PR-3 25.00"),
        answer(refused, "0.00", "CO-197 90.00"),
        plbs=[plb("L6", "-1.10"), plb("WO", "-20.00", "R-1")],
    )
    [row] = arrive_and_post(bench, said)
    posted = books()
    services.record_deposit(row.pk, amount=Decimal("116.10"), on=PAID_ON, actor=bench.biller, practice=bench.practice)
    undo(bench, row)
    row.refresh_from_db()
    assert (row.status, [one["code"] for one in row.held_for]) == ("held", ["taken_back"])
    assert books() == before
    assert (status(paid), status(refused)) == ("accepted", "accepted")
    assert Denial.objects.get().resolution == "taken_back"
    assert Entry.objects.filter(kind="reversal", reverses__isnull=False).count() == 3
    assert (Takeback.objects.get().status, Takeback.objects.get().open_amount) == ("settled", Decimal("0.00"))
    again(bench, row)
    assert books() == posted
    assert (status(paid), status(refused), Denial.objects.get().status) == ("paid", "denied", "open")
    check_footing(bench)
    undo(bench, row)
    assert books() == before
    check_footing(bench)


def test_a_reversal_is_undone_and_the_answer_it_took_back_stands_again(bench: Bench) -> None:
    claim = bench.claim("150.00")
    said = answer(claim, "120.00", "CO-45 30.00")
    arrive_and_post(bench, remittance(said))
    stood = books()
    [back] = arrive_and_post(bench, remittance(negated(said), trace="EFT2"), control=2)
    gone = books()
    undo(bench, back)
    assert (books(), status(claim)) == (stood, "paid")
    again(bench, back)
    assert (books(), status(claim)) == (gone, "accepted")


def test_the_denial_that_a_payment_had_closed_is_open_again(bench: Bench) -> None:
    claim = bench.claim("150.00")
    arrive_and_post(bench, remittance(answer(claim, "0.00", "CO-197 150.00")))
    [row] = arrive_and_post(bench, remittance(answer(claim, "150.00"), trace="EFT2"), control=2)
    assert Denial.objects.get().resolution == "paid"
    undo(bench, row)
    assert (Denial.objects.get().status, status(claim)) == ("open", "denied")


def test_what_the_client_paid_on_their_share_becomes_credit(bench: Bench) -> None:
    claim = bench.claim("150.00")
    [row] = arrive_and_post(bench, remittance(answer(claim, "100.00", "PR-2 50.00")))
    pays(bench, claim.client_id, "50.00")
    undo(bench, row)
    account = balance(claim.client_id)
    assert (account.owes, account.insurers_owe, account.credit) == (Decimal(0), Decimal("150.00"), Decimal("50.00"))


def test_it_is_refused_where_the_credit_it_left_was_refunded(bench: Bench) -> None:
    claim = bench.claim("150.00", copay="25.00")
    pays(bench, claim.client_id, "25.00")
    [row] = arrive_and_post(bench, remittance(answer(claim, "130.00", "PR-3 20.00")))
    refund(actor=bench.biller, client_id=claim.client_id, method="cash", amount=Decimal("5.00"), paid_on=PAID_ON)
    before = books()
    with pytest.raises(RemittanceRefusedError, match=r"\$5.00 of the credit this posting left to Theo"):
        undo(bench, row)
    assert books() == before


def test_a_later_posting_is_taken_back_first(bench: Bench) -> None:
    claim = bench.claim("150.00")
    said = answer(claim, "120.00", "CO-45 30.00")
    [first] = arrive_and_post(bench, remittance(said))
    arrive_and_post(bench, remittance(negated(said), trace="EFT0002"), control=2)
    with pytest.raises(RemittanceRefusedError, match="EFT0002 was posted after it"):
        undo(bench, first)


def test_what_it_opened_and_was_written_off_is_undone_first(bench: Bench) -> None:
    claim = bench.claim("150.00")
    said = answer(claim, "120.00", "CO-45 30.00")
    arrive_and_post(bench, remittance(said))
    [back] = arrive_and_post(bench, remittance(negated(said), trace="EFT0002"), control=2)
    charge = ClaimLine.objects.get(claim=claim).charge_id
    write_off(actor=bench.biller, charge_id=charge, amount=Decimal("150.00"), reason="Too old", owed_by="insurer")
    with pytest.raises(RemittanceRefusedError, match="written off or moved since"):
        undo(bench, back)


def test_it_needs_a_reason_and_a_posting(bench: Bench) -> None:
    [row] = arrive_and_post(bench, remittance(answer(bench.claim("150.00"), "150.00")))
    with pytest.raises(RemittanceRefusedError, match="Say why"):
        undo(bench, row, " ")
    undo(bench, row)
    with pytest.raises(NotReadyError, match="not posted"):
        undo(bench, row)


def test_pay_follows_as_a_reversal(bench: Bench, people: Cast) -> None:
    since = dt.date(2026, 1, 1)
    Engagement.objects.create(clinician=bench.clinician, kind=Engagement.Kind.CONTRACTOR, starts_on=since)
    desk = Desk(bench.practice, people.actor(people.alice), bench.payer)
    desk.rules(bench.clinician, share("0.60"), takebacks="shared", unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        [row] = arrive_and_post(bench, remittance(answer(bench.claim("150.00"), "100.00", "CO-45 50.00")))
    with at(16):
        run = desk.finish(desk.run(schedule))
        assert [str(one.amount) for one in PayLine.objects.filter(run=run)] == ["60.00"]
        undo(bench, row)
    with at(1, 12):
        later = desk.run(schedule)
        assert [str(one.amount) for one in PayLine.objects.filter(run=later, event_kind="posting")] == ["-60.00"]


def test_the_page_takes_it_back_with_a_reason(room: Room) -> None:
    with room.open():
        [row] = arrive_and_post(room.bench, remittance(answer(room.bench.claim("150.00"), "150.00")))
    assert room.bob.post(url("take_posting_back", row.pk), {"reason": ""}).status_code == 422
    page = room.post("take_posting_back", row.pk, reason="Wrong payer")
    assert "The posting of $150.00 is taken back." in page
    assert "Bob Keller took its posting back: Wrong payer." in page
    assert "Let go. It is ready to post." in room.post("accept_remittance_hold", row.pk, code="taken_back")
