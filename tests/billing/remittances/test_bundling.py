"""Bundled, split and recoded lines post right to the cent, charge by charge."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.ledger.postings import ChargeFacts
from billing.models import Claim, ClaimLine, Denial, RemittanceLine
from billing.remittances.bundling import spread
from billing.remittances.posting import Part
from edi.remittances import model as x12
from edi.remittances.reversals import negated
from practice.money import total
from tests.billing.claim_factories import Bench, answer, books, line, open_on, remittance
from tests.billing.remittances.hands import arrive, arrive_and_post, status


def judged_as(said: x12.LinePayment, code: str) -> x12.LinePayment:
    return replace(said, procedure=x12.Procedure("HC", code, ()), original=said.procedure, references=())


def lines_of(claim: Claim) -> list[ClaimLine]:
    return list(ClaimLine.objects.filter(claim=claim).order_by("position"))


def bundled(bench: Bench) -> tuple[Claim, x12.ClaimPayment]:
    """$150.00 and $50.00 judged as one service: $120.01 paid, $59.99 off by contract, $20.00 the client's."""
    claim = bench.claim("150.00", "50.00")
    first, second = lines_of(claim)
    whole = line(first, "120.01", "OA-94 -50.00,CO-45 59.99,PR-3 20.00")
    rest = line(second, "0.00", "CO-97 50.00")
    return claim, answer(claim, "120.01", lines=(judged_as(whole, "90837"), judged_as(rest, "90837")))


def test_a_bundle_is_shared_by_the_charges_it_was_made_of(bench: Bench) -> None:
    claim, said = bundled(bench)
    before = books()
    arrive_and_post(bench, remittance(said))
    first, second = lines_of(claim)
    assert open_on(first.charge_id) == {
        "payer_clearing": "90.01",
        "contractual": "44.99",
        "client_receivable": "15.00",
        "revenue": "-150.00",
    }
    assert open_on(second.charge_id) == {
        "payer_clearing": "30.00",
        "contractual": "15.00",
        "client_receivable": "5.00",
        "revenue": "-50.00",
    }
    assert status(claim) == "paid"
    assert not Denial.objects.exists()
    arrive_and_post(bench, remittance(negated(said), trace="EFT0002"), control=2)
    assert books() == before


def test_one_line_with_the_charge_of_two_is_shared_by_both(bench: Bench) -> None:
    claim = bench.claim("150.00", "50.00")
    first, second = lines_of(claim)
    whole = replace(line(first, "120.00", "CO-45 80.00"), charge=Decimal("200.00"))
    arrive_and_post(bench, remittance(answer(claim, "120.00", lines=(whole,))))
    assert open_on(first.charge_id) == {"payer_clearing": "90.00", "contractual": "60.00", "revenue": "-150.00"}
    assert open_on(second.charge_id) == {"payer_clearing": "30.00", "contractual": "20.00", "revenue": "-50.00"}
    assert status(claim) == "paid"


def test_a_line_in_two_parts_is_one_charge(bench: Bench) -> None:
    claim = bench.claim("150.00")
    [row] = lines_of(claim)
    parts = (
        replace(line(row, "60.00", "CO-45 15.00"), charge=Decimal("75.00")),
        replace(line(row, "49.99", "PR-3 25.01"), charge=Decimal("75.00"), references=()),
    )
    arrive_and_post(bench, remittance(answer(claim, "109.99", lines=parts)))
    assert open_on(row.charge_id) == {
        "payer_clearing": "109.99",
        "contractual": "15.00",
        "client_receivable": "25.01",
        "revenue": "-150.00",
    }


def test_lines_judged_as_another_code_keep_their_own_money(bench: Bench) -> None:
    claim = bench.claim("150.00", "50.00")
    first, second = lines_of(claim)
    said = (judged_as(line(first, "100.00", "CO-45 50.00"), "90832"), judged_as(line(second, "50.00"), "90832"))
    arrive_and_post(bench, remittance(answer(claim, "150.00", lines=said)))
    assert open_on(first.charge_id)["payer_clearing"] == "100.00"
    assert open_on(second.charge_id)["payer_clearing"] == "50.00"


def test_a_line_without_our_number_and_modifiers_is_found_by_code_date_and_charge(bench: Bench) -> None:
    claim = bench.claim("150.00", "50.00", codes=("90834", "90834"))
    ClaimLine.objects.filter(claim=claim).update(modifiers=["95"])
    first, second = lines_of(claim)
    bare = [
        replace(line(row, "0.00"), references=(), procedure=x12.Procedure("HC", "90834", ())) for row in (second, first)
    ]
    said = [replace(one, paid=one.charge) for one in bare]
    arrive(bench, remittance(answer(claim, "200.00", lines=said)))
    assert list(RemittanceLine.objects.values_list("charge_id", flat=True)) == [second.charge_id, first.charge_id]


def test_included_in_another_service_without_its_money_is_a_denial(bench: Bench) -> None:
    claim = bench.claim("150.00", "50.00")
    first, second = lines_of(claim)
    said = (
        judged_as(line(first, "100.00", "CO-45 50.00"), "90837"),
        judged_as(line(second, "0.00", "CO-97 50.00"), "90837"),
    )
    arrive_and_post(bench, remittance(answer(claim, "100.00", lines=said)))
    assert Denial.objects.get().amount == Decimal("50.00")
    assert open_on(second.charge_id) == {"insurer_receivable": "50.00", "revenue": "-50.00"}


AMOUNTS = st.integers(1, 40_000).map(lambda number: Decimal(number) / 100)


@given(st.lists(AMOUNTS, min_size=2, max_size=4), st.integers(0, 100), st.integers(0, 100))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_bundle_keeps_every_cent(weights: list[Decimal], paid: int, patient: int) -> None:
    charges = [ChargeFacts(place, 1, 1, 1, weight) for place, weight in enumerate(weights, 1)]
    whole = Part(total(weights), Decimal(paid) / 7 // Decimal("0.01") / 100, patient=Decimal(patient) / 100)
    found = spread({1: [whole]}, [{facts.charge_id for facts in charges}], charges)
    for name in ("charged", "paid", "write_off", "patient", "refused", "onward"):
        assert total(getattr(part, name) for rows in found.values() for part in rows) == getattr(whole, name)
