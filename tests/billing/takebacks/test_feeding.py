"""What payments tell of takebacks: one record for each payer and reference, and its sums are the ledger's."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Sum

from billing.models import Account, LedgerLine, Takeback
from billing.takebacks.recording import figures_of
from edi.remittances import model as x12
from edi.remittances.reversals import negated
from tests.billing.claim_factories import Bench, answer, plb, remittance
from tests.billing.remittances.hands import arrive_and_post


def pays(bench: Bench, number: int, *claims: x12.ClaimPayment, plbs: tuple[x12.ProviderAdjustment, ...] = ()) -> None:
    """A payment of the payer that is posted; other claims beside make it large enough."""
    beside = answer(bench.claim("500.00"), "500.00")
    arrive_and_post(bench, remittance(*claims, beside, trace=f"EFT{number:04}", plbs=plbs), control=number)


def only() -> Takeback:
    row = Takeback.objects.get()
    assert figures_of([row.pk])[row.pk].balance == in_ledger(row)
    return row


def in_ledger(row: Takeback) -> Decimal:
    """What the ledger holds under the reference, as the payer's money."""
    lines = LedgerLine.objects.filter(account=Account.PAYER_BALANCE, payer=row.payer_id, reference=row.reference)
    return -Decimal(lines.aggregate(sum=Sum("amount", default=Decimal(0)))["sum"])


def told(row: Takeback) -> tuple[str, str, str, str]:
    return row.status, str(row.demanded), str(row.open_amount), str(row.unplaced)


def test_an_answer_taken_back_and_held_for_later_is_open_until_it_is_withheld(bench: Bench) -> None:
    claim = bench.claim("150.00", copay="25.00")
    paid = answer(claim, "95.00", "CO-45 30.00,PR-3 25.00", icn="2026ICN00001")
    pays(bench, 1, paid)
    again = answer(claim, "70.00", "CO-45 30.00,PR-3 50.00", icn="2026ICN00001")
    pays(bench, 2, negated(paid), again, plbs=(plb("WO", "-25.00", "2026ICN00001"),))
    assert told(only()) == ("open", "25.00", "25.00", "0.00")
    assert only().notice == "reversal"
    assert list(only().claims.values_list("claim_id", "how")) == [(claim.pk, "reversal")]
    pays(bench, 3, plbs=(plb("WO", "10.00", "2026ICN00001"),))
    assert told(only()) == ("partly", "25.00", "15.00", "0.00")
    pays(bench, 4, plbs=(plb("WO", "15.00", "2026ICN00001"),))
    assert told(only()) == ("settled", "25.00", "0.00", "0.00")
    assert only().settled_on is not None


def test_an_answer_taken_back_out_of_the_same_payment_is_settled_at_once(bench: Bench) -> None:
    claim = bench.claim("150.00")
    paid = answer(claim, "95.00", "CO-45 55.00")
    pays(bench, 1, paid)
    pays(bench, 2, negated(paid))
    assert told(only()) == ("settled", "95.00", "0.00", "0.00")


def test_a_correction_that_pays_more_takes_nothing_back(bench: Bench) -> None:
    claim = bench.claim("150.00")
    paid = answer(claim, "95.00", "CO-45 55.00")
    pays(bench, 1, paid)
    pays(bench, 2, negated(paid), answer(claim, "120.00", "CO-45 30.00"))
    assert not Takeback.objects.exists()


def test_a_part_taken_at_once_and_the_rest_deferred_twice(bench: Bench) -> None:
    claim = bench.claim("150.00")
    paid = answer(claim, "95.00", "CO-45 55.00", icn="ICN7")
    pays(bench, 1, paid)
    pays(bench, 2, negated(paid), plbs=(plb("WO", "-50.00", "ICN7"),))
    assert told(only()) == ("partly", "95.00", "50.00", "0.00")
    pays(bench, 3, plbs=(plb("WO", "50.00", "ICN7"), plb("WO", "-20.00", "ICN7")))
    assert told(only()) == ("partly", "95.00", "20.00", "0.00")
    pays(bench, 4, plbs=(plb("WO", "20.00", "ICN7"),))
    assert told(only()) == ("settled", "95.00", "0.00", "0.00")


def test_a_balance_carried_forward_is_a_takeback_too(bench: Bench) -> None:
    pays(bench, 1, plbs=(plb("FB", "-40.00", "FWD1"),))
    assert told(only()) == ("open", "40.00", "40.00", "0.00")
    pays(bench, 2, plbs=(plb("FB", "40.00", "FWD1"),))
    assert told(only()) == ("settled", "40.00", "0.00", "0.00")


def test_money_taken_without_notice_waits_for_a_claim(bench: Bench) -> None:
    pays(bench, 1, plbs=(plb("WO", "40.00", "LETTER5"),))
    assert told(only()) == ("partly", "40.00", "0.00", "40.00")


def test_a_return_that_the_payer_confirms_cancels_what_it_withheld(bench: Bench) -> None:
    pays(bench, 1, plbs=(plb("WO", "40.00", "R5"), plb("72", "-40.00", "R5")))
    assert told(only()) == ("settled", "0.00", "0.00", "0.00")


def test_one_reference_written_in_two_ways_is_one_record(bench: Bench) -> None:
    pays(bench, 1, plbs=(plb("WO", "-40.00", "2026 ICN 00009"),))
    pays(bench, 2, plbs=(plb("WO", "15.00", "2026ICN00009"),))
    pays(bench, 3, plbs=(plb("WO", "5.00", "2026ICN00009 LINDGREN"),))
    row = only()
    assert (row.reference, told(row)) == ("2026 ICN 00009", ("partly", "40.00", "20.00", "0.00"))
    assert list(row.events.values_list("reference", flat=True))[1:] == ["2026ICN00009", "2026ICN00009 LINDGREN"]


def test_another_balance_is_no_takeback_until_the_payer_takes_it(bench: Bench) -> None:
    pays(bench, 1, plbs=(plb("CS", "-30.00", "ADJ1"),))
    assert not Takeback.objects.exists()
    pays(bench, 2, plbs=(plb("WO", "10.00", "ADJ1"),))
    assert told(only()) == ("partly", "30.00", "20.00", "0.00")


def test_the_claim_named_by_the_reference_is_touched(bench: Bench) -> None:
    claim = bench.claim("150.00")
    pays(bench, 1, answer(claim, "150.00", icn="2026ICN00077"))
    pays(bench, 2, plbs=(plb("WO", "60.00", "2026ICN00077"),))
    assert list(only().claims.values_list("claim_id", "how")) == [(claim.pk, "reference")]
