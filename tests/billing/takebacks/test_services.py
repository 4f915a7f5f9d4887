"""What people do with takebacks: letters, disputes, claims, checks, and taking it back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from billing.ledger.postings import check
from billing.ledger.services import lines_of
from billing.models import Claim, ClaimLine, Entry, Takeback, TakebackEvent
from billing.takebacks import placing, services
from billing.takebacks.errors import TakebackRefusedError
from tests.billing.claim_factories import Bench, answer, books, open_on, plb, remittance
from tests.billing.remittances.hands import arrive_and_post, status
from tests.billing.takebacks.test_feeding import only, pays, told

TODAY = dt.date(2026, 11, 17)


def letter(bench: Bench, amount: str = "95.00", **facts: Any) -> Takeback:
    said: dict[str, Any] = {
        "reference": "2026ICN00001",
        "on": TODAY,
        "note": "Coverage had ended",
        "payer_id": bench.payer.pk,
    }
    return services.announce(amount=Decimal(amount), actor=bench.biller, practice=bench.practice, **(said | facts))


def paid_claim(bench: Bench) -> Claim:
    claim = bench.claim("150.00")
    pays(bench, 1, answer(claim, "95.00", "CO-45 55.00", icn="2026ICN00001"))
    return claim


def place(bench: Bench, claim: Claim, amount: str) -> Takeback:
    return placing.place(
        only().pk, claim_id=claim.pk, amount=Decimal(amount), actor=bench.biller, practice=bench.practice
    )


def test_a_letter_posts_nothing_and_finds_its_claim(bench: Bench) -> None:
    claim = paid_claim(bench)
    before = books()
    letter(bench)
    assert told(only()) == ("open", "95.00", "95.00", "0.00")
    assert (only().notice, str(only().announced_left)) == ("letter", "95.00")
    assert list(only().claims.values_list("claim_id", flat=True)) == [claim.pk]
    assert books() == before


def test_what_is_withheld_after_a_letter_finds_it_by_its_reference(bench: Bench) -> None:
    paid_claim(bench)
    letter(bench)
    pays(bench, 2, plbs=(plb("WO", "40.00", "2026ICN00001"),))
    assert told(only()) == ("partly", "95.00", "55.00", "40.00")
    pays(bench, 3, plbs=(plb("WO", "55.00", "2026ICN00001"),))
    assert told(only()) == ("partly", "95.00", "0.00", "95.00")


def test_putting_it_on_the_claim_settles_it_and_opens_the_claim(bench: Bench) -> None:
    claim = paid_claim(bench)
    letter(bench)
    pays(bench, 2, plbs=(plb("WO", "95.00", "2026ICN00001"),))
    place(bench, claim, "95.00")
    assert told(only()) == ("settled", "95.00", "0.00", "0.00")
    charge = ClaimLine.objects.get(claim=claim).charge_id
    assert open_on(charge) == {"contractual": "55.00", "insurer_receivable": "95.00", "revenue": "-150.00"}
    assert "payer_balance" not in books()
    assert status(claim) == "accepted"


def test_a_part_of_it_leaves_the_claim_paid_in_part(bench: Bench) -> None:
    claim = paid_claim(bench)
    pays(bench, 2, plbs=(plb("WO", "40.00", "2026ICN00001"),))
    place(bench, claim, "40.00")
    assert (told(only()), status(claim)) == (("settled", "40.00", "0.00", "0.00"), "partially_paid")


def test_undoing_it_closes_the_claim_again(bench: Bench) -> None:
    claim = paid_claim(bench)
    pays(bench, 2, plbs=(plb("WO", "40.00", "2026ICN00001"),))
    before = books()
    place(bench, claim, "40.00")
    event = TakebackEvent.objects.get(kind="placed")
    placing.undo(event.pk, actor=bench.biller, practice=bench.practice)
    assert (told(only()), status(claim)) == (("partly", "40.00", "0.00", "40.00"), "paid")
    assert books() == before
    assert Entry.objects.get(reverses=event.entry).kind == "reversal"
    with pytest.raises(TakebackRefusedError, match="undone already"):
        placing.undo(event.pk, actor=bench.biller, practice=bench.practice)


@pytest.mark.parametrize(("amount", "words"), [("41.00", "waits for a claim"), ("0.00", "above"), ("-1.00", "above")])
def test_no_more_than_was_taken_is_put_on_a_claim(bench: Bench, amount: str, words: str) -> None:
    claim = paid_claim(bench)
    pays(bench, 2, plbs=(plb("WO", "40.00", "2026ICN00001"),))
    with pytest.raises(TakebackRefusedError, match=words):
        place(bench, claim, amount)


def test_no_more_than_was_paid_on_the_claim_is_put_on_it(bench: Bench) -> None:
    claim = bench.claim("30.00")
    pays(bench, 1, answer(claim, "20.00", "CO-45 10.00"), plbs=(plb("WO", "40.00", "X1"),))
    with pytest.raises(TakebackRefusedError, match=r"\$20.00 was paid on this claim"):
        place(bench, claim, "40.00")


def test_a_check_to_the_payer_settles_what_is_open(bench: Bench) -> None:
    claim = paid_claim(bench)
    letter(bench)
    place(bench, claim, "95.00")
    assert told(only()) == ("open", "95.00", "95.00", "0.00")
    said = {"amount": Decimal("95.00"), "on": TODAY, "number": "1044"}
    placing.pay_back(only().pk, **said, actor=bench.biller, practice=bench.practice)  # type: ignore[arg-type]
    assert told(only()) == ("settled", "95.00", "0.00", "0.00")
    assert books()["bank"] == "-95.00"
    pays(bench, 2, plbs=(plb("WO", "95.00", "2026ICN00001"), plb("72", "-95.00", "2026ICN00001")))
    assert told(only()) == ("settled", "95.00", "0.00", "0.00")
    with pytest.raises(TakebackRefusedError, match="is open"):
        placing.pay_back(only().pk, **said, actor=bench.biller, practice=bench.practice)  # type: ignore[arg-type]


def test_what_no_claim_explains_is_a_loss(bench: Bench) -> None:
    pays(bench, 1, plbs=(plb("WO", "40.00", "OLD1"),))
    placing.take_loss(only().pk, note="Former system", actor=bench.biller, practice=bench.practice)
    assert told(only()) == ("settled", "40.00", "0.00", "0.00")
    assert books()["other_income"] == "40.00"
    entry = Entry.objects.get(kind="takeback")
    check(lines_of([entry.pk])[entry.pk])


def test_a_dispute_stands_until_somebody_ends_it(bench: Bench) -> None:
    pays(bench, 1, plbs=(plb("WO", "40.00", "OLD1"),))
    until, actor = TODAY + dt.timedelta(days=30), bench.biller
    with pytest.raises(TakebackRefusedError, match="why the payer is wrong"):
        services.dispute(only().pk, on=until, note=" ", actor=actor, practice=bench.practice)
    services.dispute(only().pk, on=until, note="We refunded it", actor=actor, practice=bench.practice)
    pays(bench, 2, plbs=(plb("WO", "-40.00", "OLD1"),))
    assert (told(only()), only().follow_up_on) == (("disputed", "40.00", "0.00", "0.00"), until)
    services.agree(only().pk, note="They gave it back", actor=actor, practice=bench.practice)
    assert (only().status, only().follow_up_on) == ("settled", None)


def test_a_second_letter_under_the_reference_holds_from_then_on(bench: Bench) -> None:
    letter(bench)
    letter(bench, "60.00", reference=" 2026icn00001 ")
    assert told(only())[2] == "60.00"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"reference": " "}, "reference"),
        ({"on": TODAY + dt.timedelta(days=1)}, "future"),
        ({"amount": "0.00"}, "above"),
    ],
)
def test_a_letter_that_says_too_little_is_refused(bench: Bench, facts: dict[str, Any], words: str) -> None:
    with pytest.raises(TakebackRefusedError, match=words):
        letter(bench, **facts)


def test_a_day_that_has_passed_is_refused(bench: Bench) -> None:
    letter(bench)
    yesterday = TODAY - dt.timedelta(days=1)
    with pytest.raises(TakebackRefusedError, match="passed"):
        services.follow_up(only().pk, on=yesterday, note="", actor=bench.biller, practice=bench.practice)


def test_money_to_return_is_no_takeback(bench: Bench) -> None:
    arrive_and_post(bench, remittance(answer(bench.claim("10.00"), "10.00"), plbs=(plb("CS", "-5.00", "A"),)))
    assert not Takeback.objects.exists()
