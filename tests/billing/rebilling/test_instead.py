"""A refused claim is asked of another plan of the client: the claims, the denial, and the money to the cent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.claims import correcting
from billing.claims.errors import ClaimRefusedError
from billing.claims.resending import Resent
from billing.models import Charge, Claim, ClaimLine, Denial, LedgerLine
from billing.rebilling import services
from billing.remittances.errors import RemittanceRefusedError
from clients.models import Authorization, Coverage
from practice.actors import Actor
from practice.models import PayerRules, StateChange
from tests.billing.claim_factories import answer, books
from tests.billing.remittances.hands import status
from tests.billing.secondary.hands import SECOND, Pair, charges, credit, open_with

OWED = "insurer_receivable"


def refused(pair: Pair, *, copay: str = "25.00", reason: str = "CO-109", plan: bool = True) -> Claim:
    """A claim of $150.00 that the first payer refused as another's; the other plan became known after that."""
    claim = pair.claim("150.00", copay=copay, covered=False)
    pair.says(answer(claim, "0.00", f"{reason} 150.00"))
    if plan:
        pair.cover(claim)
    claim.refresh_from_db()
    return claim


def other(claim: Claim) -> Coverage:
    return Coverage.objects.get(client=claim.client_id, rank="secondary")


def bill(pair: Pair, claim: Claim, **facts: str) -> Resent:
    return services.bill_instead(
        actor=pair.bench.biller,
        practice=pair.bench.practice,
        claim_id=claim.pk,
        coverage_id=other(claim).pk,
        **facts,
    )


def owed_by_payer() -> dict[str, str]:
    """What the ledger's own lines say each insurer owes."""
    found: dict[str, Decimal] = {}
    for name, amount in LedgerLine.objects.filter(account=OWED).values_list("payer__name", "amount"):
        found[name] = found.get(name, Decimal(0)) + amount
    return {name: str(amount) for name, amount in found.items() if amount}


def test_the_other_payer_gets_an_original_and_owes_what_was_refused(pair: Pair) -> None:
    claim = refused(pair)
    sent = bill(pair, claim)
    (new,) = sent.claims
    assert (new.payer, new.frequency, new.payer_control_number, new.replaces_id) == (pair.second, "1", "", claim.pk)
    assert (new.status, sent.batch is not None, new.follows_id) == ("batched", True, None)
    assert (status(claim), open_with(claim)) == ("replaced", ("125.00", "0.00", "25.00"))
    assert owed_by_payer() == {"Blue Harbor PPO": "125.00"}
    assert Charge.objects.get().payer == pair.second
    denial = Denial.objects.get()
    assert (denial.status, denial.resolution) == ("resolved", "other_payer")
    assert denial.note == "Blue Harbor PPO is billed instead"


def test_its_answer_posts_by_the_usual_rules(pair: Pair) -> None:
    claim = refused(pair)
    (new,) = bill(pair, claim).claims
    Claim.objects.filter(pk=new.pk).update(status="sent")
    new.refresh_from_db()
    pair.says(answer(new, "90.00", "CO-45 40.00,PR-3 20.00"), payer=SECOND)
    assert (status(new), status(claim)) == ("paid", "replaced")
    assert (open_with(new), credit(new)) == (("0.00", "0.00", "20.00"), "0.00")
    assert books() == {
        "client_receivable": "20.00",
        "contractual": "40.00",
        "payer_clearing": "90.00",
        "revenue": "-150.00",
    }
    assert owed_by_payer() == {}


def test_undo_gives_everything_back(pair: Pair) -> None:
    claim = refused(pair)
    before = books()
    (new,) = bill(pair, claim).claims
    services.take_back(actor=pair.bench.biller, claim_ids=[new.pk])
    assert (status(claim), status(new), books()) == ("denied", "withdrawn", before)
    assert owed_by_payer() == {"Keystone Mutual": "125.00"}
    charge = Charge.objects.get()
    assert (charge.payer, charge.coverage_id) == (claim.payer, claim.coverage_id)
    denial = Denial.objects.get()
    assert (denial.status, denial.resolution) == ("open", "")
    with pytest.raises(ClaimRefusedError, match="taken back already"):
        services.take_back(actor=pair.bench.biller, claim_ids=[new.pk])


def test_withdrawing_it_on_its_own_page_gives_everything_back_too(pair: Pair) -> None:
    claim = refused(pair)
    (new,) = bill(pair, claim).claims
    Claim.objects.filter(pk=new.pk).update(status="ready")
    correcting.withdraw(actor=pair.bench.biller, claim_id=new.pk)
    assert (status(claim), owed_by_payer()) == ("denied", {"Keystone Mutual": "125.00"})
    assert Charge.objects.get().payer == claim.payer


def test_what_has_left_is_not_taken_back(pair: Pair) -> None:
    claim = refused(pair)
    (new,) = bill(pair, claim).claims
    Claim.objects.filter(pk=new.pk).update(status="sent")
    with pytest.raises(ClaimRefusedError):
        services.take_back(actor=pair.bench.biller, claim_ids=[new.pk])
    assert owed_by_payer() == {"Blue Harbor PPO": "125.00"}


def test_it_goes_from_payer_to_payer_and_back_step_by_step(pair: Pair) -> None:
    claim = refused(pair)
    (new,) = bill(pair, claim).claims
    Claim.objects.filter(pk=new.pk).update(status="sent")
    new.refresh_from_db()
    pair.says(answer(new, "0.00", "CO-22 150.00"), payer=SECOND)
    again = services.bill_instead(
        actor=pair.bench.biller, practice=pair.bench.practice, claim_id=new.pk, coverage_id=claim.coverage_id
    ).claims[0]
    assert (again.payer, owed_by_payer()) == (claim.payer, {"Keystone Mutual": "125.00"})
    services.take_back(actor=pair.bench.biller, claim_ids=[again.pk])
    assert (status(new), owed_by_payer()) == ("denied", {"Blue Harbor PPO": "125.00"})


def test_the_claim_follows_the_rules_of_the_new_payer(pair: Pair) -> None:
    claim = refused(pair)
    ClaimLine.objects.filter(claim=claim).update(modifiers=["95", "HO"])
    PayerRules.objects.create(
        payer=pair.second, starts_on=dt.date(2026, 1, 1), video_modifier="GT", taxonomy="none", filing_days=30
    )
    plan = other(claim)
    Authorization.objects.create(
        coverage=plan, number="A77", units=10, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31)
    )
    (new,) = bill(pair, claim).claims
    line = new.lines.get()
    assert (line.modifiers, line.charge_id, line.amount) == (["GT", "HO"], charges(claim)[0], Decimal("150.00"))
    assert (new.taxonomy, new.authorization_number, new.file_by) == ("none", "A77", dt.date(2026, 12, 2))
    assert new.diagnoses == ["F41.1"]


def test_one_after_the_new_payers_deadline_says_why(pair: Pair) -> None:
    claim = refused(pair)
    PayerRules.objects.create(payer=pair.second, starts_on=dt.date(2026, 1, 1), filing_days=10)
    with pytest.raises(ClaimRefusedError, match=r"took claims until .*12\. Say why"):
        bill(pair, claim)
    assert bill(pair, claim, delay_reason="7").claims[0].delay_reason == "7"


def test_what_cannot_be_sent_yet_is_a_draft_that_says_why(pair: Pair) -> None:
    claim = refused(pair)
    Coverage.objects.filter(pk=other(claim).pk).update(member_id="")
    sent = bill(pair, claim)
    (new,) = sent.kept
    new.refresh_from_db()
    assert (sent.claims, sent.batch, new.status, bool(new.problems)) == ([], None, "draft", True)
    assert owed_by_payer() == {"Blue Harbor PPO": "125.00"}


def test_who_cannot_be_asked(pair: Pair) -> None:
    claim = pair.claim("150.00", copay="25.00", covered=False)
    plan = pair.cover(claim)
    facts: dict[str, Any] = {"actor": pair.bench.biller, "practice": pair.bench.practice, "claim_id": claim.pk}
    with pytest.raises(ClaimRefusedError, match="refused as a whole"):
        services.bill_instead(**facts, coverage_id=plan.pk)
    pair.says(answer(claim, "0.00", "CO-197 150.00"))
    with pytest.raises(ClaimRefusedError, match="refused this claim"):
        services.bill_instead(**facts, coverage_id=claim.coverage_id)
    stranger = pair.cover(pair.claim("80.00", covered=False))
    with pytest.raises(ClaimRefusedError, match="own plans"):
        services.bill_instead(**facts, coverage_id=stranger.pk)
    Coverage.objects.filter(pk=plan.pk).update(starts_on=dt.date(2026, 11, 10))
    with pytest.raises(ClaimRefusedError, match="did not cover"):
        services.bill_instead(**facts, coverage_id=plan.pk)
    nobody = Actor(pair.bench.practice.pk, 1, "Nobody", frozenset({"claims:edit", "billing:edit"}))
    with pytest.raises(PermissionDenied):
        services.bill_instead(**(facts | {"actor": nobody}), coverage_id=plan.pk)


def test_a_claim_whose_next_payer_is_asked_already_is_left_to_it(pair: Pair) -> None:
    claim = pair.claim("150.00", copay="25.00")
    pair.says(answer(claim, "0.00", "CO-22 150.00"))
    with pytest.raises(ClaimRefusedError, match="asked as the next payer already"):
        bill(pair, claim)
    correcting.withdraw(actor=pair.bench.biller, claim_id=pair.next(claim).pk)
    assert (open_with(claim), owed_by_payer()) == (("0.00", "150.00", "0.00"), {"Blue Harbor PPO": "150.00"})
    (new,) = bill(pair, claim).claims
    assert (new.follows_id, open_with(claim)) == (None, ("150.00", "0.00", "0.00"))
    services.take_back(actor=pair.bench.biller, claim_ids=[new.pk])
    assert (status(claim), open_with(claim)) == ("denied", ("0.00", "150.00", "0.00"))


def test_many_at_once_go_in_one_batch_and_the_rest_is_told(pair: Pair) -> None:
    claims = [refused(pair) for _ in range(3)]
    alone = refused(pair, plan=False)
    sent = services.bill_instead_many(
        actor=pair.bench.biller,
        practice=pair.bench.practice,
        denial_ids=list(Denial.objects.values_list("pk", flat=True)),
        payer_id=pair.second.pk,
    )
    assert {one.replaces_id for one in sent.claims} == {claim.pk for claim in claims}
    assert {key: count for key, count in sent.left.items() if count} == {"not covered by Blue Harbor PPO on the day": 1}
    assert (status(alone), Denial.objects.filter(status="open").count()) == ("denied", 1)
    assert owed_by_payer() == {"Blue Harbor PPO": "375.00", "Keystone Mutual": "125.00"}
    services.take_back(actor=pair.bench.biller, claim_ids=[one.pk for one in sent.claims])
    assert (owed_by_payer(), Denial.objects.filter(status="open").count()) == ({"Keystone Mutual": "500.00"}, 4)


def test_nothing_chosen_is_said(pair: Pair) -> None:
    facts: dict[str, Any] = {"actor": pair.bench.biller, "practice": pair.bench.practice}
    with pytest.raises(RemittanceRefusedError, match="at least one denial"):
        services.bill_instead_many(**facts, denial_ids=[], payer_id=pair.second.pk)
    with pytest.raises(RemittanceRefusedError, match="Choose the payer"):
        services.bill_instead_many(**facts, denial_ids=[1], payer_id=0)


def test_many_take_as_many_statements_as_few(pair: Pair) -> None:
    counts = []
    for number in (2, 6):
        for _ in range(number):
            refused(pair)
        chosen = list(Denial.objects.filter(status="open").values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as asked:
            services.bill_instead_many(
                actor=pair.bench.biller, practice=pair.bench.practice, denial_ids=chosen, payer_id=pair.second.pk
            )
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert StateChange.objects.filter(after="replaced").count() == 8
