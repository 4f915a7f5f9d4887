"""What waits for a person, what a person may let go, and what arrives a second time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from billing.models import (
    AdjustmentRule,
    ClaimLine,
    Denial,
    Entry,
    InboundTransaction,
    Remittance,
    RemittanceClaim,
    RemittanceLine,
)
from billing.remittances import hands, services
from billing.remittances.errors import ClearingError, NotReadyError, RemittanceRefusedError
from billing.remittances.selectors.earlier import earlier
from billing.remittances.suggesting import suggestions
from edi.parties import Reference
from edi.remittances.reversals import negated
from practice.actors import Actor
from practice.models import PracticeSettings
from tests.billing.claim_factories import (
    PAID_ON,
    PAYEE,
    Bench,
    answer,
    books,
    clearing,
    file_of,
    line,
    open_on,
    plb,
    remittance,
)
from tests.billing.remittances.hands import arrive, arrive_and_post, post, status, take


@contextmanager
def nothing_moves() -> Iterator[None]:
    before = books()
    yield
    assert books() == before


def codes(row: Remittance) -> list[str]:
    row.refresh_from_db()
    return [one["code"] for one in row.held_for]


def test_posting_twice_posts_once(bench: Bench) -> None:
    claim = bench.claim("150.00")
    [row] = arrive_and_post(bench, remittance(answer(claim, "150.00")))
    with nothing_moves(), pytest.raises(NotReadyError, match="posted already"):
        post(bench, row)


def test_the_same_payment_in_another_file_is_a_duplicate(bench: Bench) -> None:
    claim = bench.claim("150.00")
    said = remittance(answer(claim, "150.00"))
    arrive_and_post(bench, said)
    with nothing_moves():
        [again] = arrive(bench, said, control=77)
    assert again.status == Remittance.Status.DUPLICATE
    assert not RemittanceClaim.objects.filter(remittance=again).exists()
    assert "arrived before" in again.transaction.summary


def test_the_same_number_with_other_content_waits(bench: Bench) -> None:
    first, second = bench.claim("150.00"), bench.claim("90.00")
    arrive_and_post(bench, remittance(answer(first, "150.00")))
    [row] = arrive(bench, remittance(answer(second, "90.00")), control=2)
    assert codes(row) == ["same_trace"]
    services.accept(row.pk, code="same_trace", actor=bench.biller)
    row.refresh_from_db()
    assert row.status == Remittance.Status.READY
    assert row.accepted[0]["by"] == bench.biller.name
    post(bench, row)
    assert status(second) == "paid"


def test_what_does_not_add_up_waits_and_cannot_be_let_go(bench: Bench) -> None:
    claim = bench.claim("150.00")
    content = file_of(remittance(answer(claim, "95.00", "CO-45 55.00")))
    take(bench, content.replace(b"CAS*CO*45*55", b"CAS*CO*45*50"))
    row = Remittance.objects.get()
    assert set(codes(row)) == {"unbalanced"}
    assert "does not add up" in row.held_for[0]["words"]
    with nothing_moves(), pytest.raises(NotReadyError, match="does not add up"):
        post(bench, row)
    with pytest.raises(RemittanceRefusedError, match="cannot be let go"):
        services.accept(row.pk, code="unbalanced", actor=bench.biller)


def test_what_was_paid_to_somebody_else_waits(bench: Bench) -> None:
    claim = bench.claim("150.00")
    other = replace(PAYEE, name="SOMEBODY", id="1999999984", references=())
    [row] = arrive(bench, remittance(answer(claim, "150.00"), payee=other))
    assert codes(row) == ["payee"]
    assert "SOMEBODY (1999999984)" in row.held_for[0]["words"]


def test_the_tax_number_is_enough_to_be_the_payee(bench: Bench) -> None:
    claim = bench.claim("150.00")
    PracticeSettings.objects.update(ein="12-3456789")
    [row] = arrive(bench, remittance(answer(claim, "150.00"), payee=replace(PAYEE, id_qualifier="FI", id="123456789")))
    assert row.status == Remittance.Status.READY


def test_a_levy_waits_and_goes_to_the_payers_balance_when_let_go(bench: Bench) -> None:
    claim = bench.claim("150.00")
    [row] = arrive(bench, remittance(answer(claim, "150.00"), plbs=[plb("LE", "50.00", "IRS")]))
    assert codes(row) == ["plb_LE"]
    services.accept(row.pk, code="plb_LE", actor=bench.biller)
    post(bench, row)
    assert books() == {"payer_balance": "50.00", "payer_clearing": "100.00", "revenue": "-150.00"}


def test_a_claim_that_nobody_knows_is_kept_readable_and_waits(bench: Bench) -> None:
    claim = bench.claim("150.00")
    strange = replace(answer(claim, "150.00"), patient_control_number="STRANGE", payer_control_number="Z")
    [row] = arrive(bench, remittance(strange))
    assert codes(row) == ["unmatched"]
    assert row.transaction.status == InboundTransaction.Status.UNMATCHED
    assert RemittanceClaim.objects.get(remittance=row).client_name == "THEO LINDGREN"
    assert row.said["Payer's contacts"] == "EDI"


def test_matching_by_hand_makes_it_ready_and_unmatching_takes_that_back(bench: Bench) -> None:
    claim = bench.claim("150.00")
    strange = replace(answer(claim, "150.00"), patient_control_number="STRANGE", payer_control_number="Z")
    [row] = arrive(bench, remittance(strange))
    said = RemittanceClaim.objects.get(remittance=row)
    best = suggestions(said)[0]
    assert best.claim == claim
    assert {sign.label: sign.agrees for sign in best.signs} == {
        "Member ID": True,
        "Date": True,
        "Code": True,
        "Charge": True,
        "Name": False,
    }
    hands.match_by_hand(said.pk, claim_id=claim.pk, actor=bench.biller)
    row.refresh_from_db()
    row.transaction.refresh_from_db()
    assert (row.status, row.transaction.status) == ("ready", "applied")
    hands.unmatch(said.pk, actor=bench.biller)
    assert codes(row) == ["unmatched"]
    hands.match_by_hand(said.pk, claim_id=claim.pk, actor=bench.biller)
    post(bench, row)
    with pytest.raises(NotReadyError, match="fixed"):
        hands.unmatch(said.pk, actor=bench.biller)


def test_a_line_nobody_knows_waits_until_it_has_a_charge(bench: Bench) -> None:
    claim = bench.claim("100.00", "50.00")
    rows = list(ClaimLine.objects.filter(claim=claim).order_by("position"))
    bundled = line(rows[1], "50.00", by_reference=False)
    bundled = replace(bundled, procedure=replace(bundled.procedure, code="99999"))
    [row] = arrive(bench, remittance(answer(claim, "150.00", lines=(line(rows[0], "100.00"), bundled))))
    assert codes(row) == ["lines"]
    free = RemittanceLine.objects.get(charge=None)
    hands.match_line(free.pk, charge_id=rows[1].charge_id, actor=bench.biller)
    post(bench, Remittance.objects.get())
    assert open_on(rows[1].charge_id)["payer_clearing"] == "50.00"


def test_an_earlier_number_and_the_payers_number_find_the_claim(bench: Bench) -> None:
    first, second = bench.claim("150.00"), bench.claim("90.00")
    early = first.number
    first.number = f"{early[:15]}02"
    first.save(update_fields=["number"])
    second.payer_control_number = "ICN-SECOND"
    second.save(update_fields=["payer_control_number"])
    by_early = replace(answer(first, "150.00"), patient_control_number=early)
    by_theirs = replace(answer(second, "90.00", icn="ICN-SECOND"), patient_control_number="LOST")
    arrive_and_post(bench, remittance(by_early, by_theirs))
    assert list(RemittanceClaim.objects.order_by("position").values_list("claim_id", "match")) == [
        (first.pk, "number"),
        (second.pk, "payer_number"),
    ]


def test_a_reversal_of_what_was_never_posted_waits_until_it_is(bench: Bench) -> None:
    claim = bench.claim("150.00")
    paid = answer(claim, "150.00")
    [first] = arrive(bench, remittance(paid))
    [back] = arrive(bench, remittance(negated(paid), trace="EFT0002"), control=2)
    assert codes(back) == ["reversal"]
    assert "never posted" in back.held_for[0]["words"]
    assert [one["pk"] for one in earlier(bench.biller, back)] == [first.pk]
    post(bench, first)
    back.refresh_from_db()
    assert earlier(bench.biller, back) == []
    assert back.status == Remittance.Status.READY
    post(bench, back)
    assert status(claim) == "accepted"
    with nothing_moves():
        [again] = arrive(bench, remittance(negated(paid), trace="EFT0003"), control=3)
    assert codes(again) == ["reversal"]


def test_a_reversal_with_other_amounts_waits(bench: Bench) -> None:
    claim = bench.claim("150.00")
    arrive_and_post(bench, remittance(answer(claim, "100.00", "CO-45 50.00")))
    other = negated(answer(claim, "90.00", "CO-45 60.00"))
    [row] = arrive(bench, remittance(other, trace="EFT0002"), control=2)
    assert codes(row) == ["reversal"]
    assert "not the opposite" in row.held_for[0]["words"]


def test_set_aside_and_brought_back(bench: Bench) -> None:
    claim = bench.claim("150.00")
    said = remittance(answer(claim, "150.00"))
    [row] = arrive(bench, said)
    with pytest.raises(RemittanceRefusedError, match="Say why"):
        services.set_aside(row.pk, reason=" ", actor=bench.biller)
    services.set_aside(row.pk, reason="Not ours", actor=bench.biller)
    [again] = arrive(bench, said, control=2)
    assert codes(again) == ["set_aside_before"]
    with pytest.raises(NotReadyError, match="arrived again"):
        services.bring_back(row.pk, actor=bench.biller)
    services.set_aside(again.pk, reason="Twice", actor=bench.biller)
    assert services.bring_back(row.pk, actor=bench.biller).status == Remittance.Status.READY


def test_a_deposit_is_exactly_what_was_posted_and_once(bench: Bench) -> None:
    claim = bench.claim("150.00")
    [row] = arrive(bench, remittance(answer(claim, "150.00")))
    facts: Any = {"on": PAID_ON, "actor": bench.biller, "practice": bench.practice}
    with pytest.raises(NotReadyError, match="Post this remittance"):
        services.record_deposit(row.pk, amount=Decimal("150.00"), **facts)
    post(bench, row)
    with pytest.raises(ClearingError, match=r"has \$150.00 to deposit"):
        services.record_deposit(row.pk, amount=Decimal("149.99"), **facts)
    services.record_deposit(row.pk, amount=Decimal("150.00"), **facts)
    assert (clearing(row), books()) == (Decimal("0.00"), {"bank": "150.00", "revenue": "-150.00"})
    with pytest.raises(NotReadyError, match="written down already"):
        services.record_deposit(row.pk, amount=Decimal("150.00"), **facts)


def test_several_are_posted_and_what_waits_is_left_with_its_sentence(bench: Bench) -> None:
    first, second = bench.claim("150.00"), bench.claim("90.00")
    strange = replace(answer(second, "90.00"), patient_control_number="STRANGE", payer_control_number="Z")
    rows = arrive(bench, remittance(answer(first, "150.00")), remittance(strange, trace="EFT0002"))
    bulk = services.post_many([row.pk for row in rows], actor=bench.biller, practice=bench.practice)
    assert bulk.posted == [rows[0].pk]
    assert "STRANGE" in bulk.left[rows[1].pk]


def test_the_practices_own_rule_decides_what_becomes_of_an_amount(bench: Bench) -> None:
    AdjustmentRule.objects.create(group="CO", reason="197", treatment="writeoff")
    claim = bench.claim("150.00")
    arrive_and_post(bench, remittance(answer(claim, "0.00", "CO-197 150.00")))
    assert books() == {"contractual": "150.00", "revenue": "-150.00"}
    assert status(claim) == "paid"
    assert not Denial.objects.exists()


def test_a_rule_never_sends_the_contracts_part_to_the_client(bench: Bench) -> None:
    AdjustmentRule.objects.create(group="CO", reason="45", treatment="patient")
    claim = bench.claim("150.00")
    arrive_and_post(bench, remittance(answer(claim, "100.00", "CO-45 50.00")))
    assert books() == {"insurer_receivable": "50.00", "payer_clearing": "100.00", "revenue": "-150.00"}
    assert Denial.objects.get().amount == Decimal("50.00")


def test_only_who_may_edit_remittances_posts(bench: Bench) -> None:
    claim = bench.claim("150.00")
    [row] = arrive(bench, remittance(answer(claim, "150.00")))
    nobody = Actor(bench.practice.pk, 1, "Frank", frozenset({"remittances:view"}))
    with pytest.raises(PermissionDenied):
        services.post(row.pk, actor=nobody, practice=bench.practice)
    assert not Entry.objects.filter(kind=Entry.Kind.REMITTANCE).exists()


def test_what_could_not_be_read_is_looked_at_by_a_person(bench: Bench) -> None:
    claim = bench.claim("150.00")
    content = file_of(remittance(answer(claim, "150.00", references=(Reference("EA", "1"),))))
    take(bench, content.replace(b"*1*150*150*", b"*7*150*150*"))
    row = Remittance.objects.get()
    assert codes(row) == ["doubtful"]
    services.accept(row.pk, code="doubtful", actor=bench.biller)
    row.refresh_from_db()
    assert row.status == Remittance.Status.READY
