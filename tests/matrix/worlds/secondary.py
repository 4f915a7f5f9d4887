"""Pairs of claims by what waits for the second payer, and one that its payer refused as another’s."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from billing.charges import facts_of
from billing.ledger import postings
from billing.ledger import services as ledger
from billing.ledger.services import Draft
from billing.models import Claim, ClaimLine, ClaimSession, Entry, Remittance, RemittanceClaim
from billing.models.claim_session import sessions_of
from clients.models import Coverage
from practice import clock
from practice.actors import Actor
from practice.models import Practice, PracticePayer
from tests.billing.money.making import make_charge, make_client
from tests.matrix.world import World, builds

DAY: Final = dt.date(2026, 9, 1)
SINCE: Final = dt.date(2026, 1, 1)
SHARE: Final = Decimal("25.00")


@builds
def secondary(world: World, practice: Practice) -> dict[str, Any]:
    """`answered_first`, `passed_on_claim`, `stale_claim`, `waiting_first`, `refused_elsewhere` and its `right_plan`."""
    objects = world.objects[practice.pk]
    client = make_client(9101, "Quist")
    own = Coverage.objects.create(client=client, payer=objects["payer"], member_id="Q1", starts_on=SINCE)
    payer = PracticePayer.objects.create(name="Second Mutual", payer_id="SEC02")
    plan = Coverage.objects.create(client=client, payer=payer, member_id="Q2", rank="secondary", starts_on=SINCE)
    firsts = [_first(practice, objects, own, number) for number in range(4)]
    remittance = objects["posted_remittance"]
    answers = [_answer(remittance, claim, 100 + number) for number, claim in enumerate(firsts)]
    _answer(remittance, firsts[2], 110)
    passed = _after(practice, firsts[1], answers[1], plan, status="sent", forwarded=True)
    stale = _after(practice, firsts[2], answers[2], plan, status="accepted", payer_control_number="ICN2")
    _hand_over(practice, firsts[3], plan)
    refused = _first(practice, objects, own, 4)
    Claim.objects.filter(pk=refused.pk).update(status="denied")
    return {
        "refused_elsewhere": refused,
        "right_plan": plan,
        "answered_first": firsts[0],
        "passed_on_claim": passed,
        "stale_claim": stale,
        "waiting_first": firsts[3],
    }


def _first(practice: Practice, objects: dict[str, Any], plan: Coverage, number: int) -> Claim:
    charge = make_charge(
        practice,
        plan.client,
        objects["clinician"],
        day=DAY + dt.timedelta(days=number),
        payer=plan.payer,
        copay="25.00",
        service=objects["service_90834"],
        coverage=plan,
    )
    claim = Claim.objects.create(
        attendance=charge.attendance,
        client=plan.client,
        coverage=plan,
        payer=plan.payer,
        rendering=objects["clinician"],
        number=f"QRSTUVWXYZABC{practice.pk % 10}{number}01",
        status="paid",
        total=charge.amount,
        service_on=charge.service_on,
        place_of_service="11",
        diagnoses=["F41.1"],
        made_at=clock.now(),
    )
    _line(claim, charge)
    ClaimSession.objects.bulk_create(sessions_of(claim, [claim.attendance_id]))
    return claim


def _after(practice: Practice, first: Claim, answer: RemittanceClaim, plan: Coverage, **facts: Any) -> Claim:
    claim = Claim.objects.create(
        attendance=first.attendance,
        client=first.client,
        coverage=plan,
        payer=plan.payer,
        rendering=first.rendering,
        follows=first,
        follows_answer=answer,
        number=f"{first.number[:-3]}{9 - first.pk % 2}01",
        total=first.total,
        service_on=first.service_on,
        place_of_service="11",
        diagnoses=["F41.1"],
        made_at=clock.now(),
        **facts,
    )
    _line(claim, first.lines.get().charge)
    ClaimSession.objects.bulk_create(sessions_of(claim, [claim.attendance_id]))
    return claim


def _line(claim: Claim, charge: Any) -> None:
    ClaimLine.objects.create(
        claim=claim,
        charge=charge,
        position=1,
        reference=f"{claim.number}L01",
        code="90834",
        amount=charge.amount,
        service_on=charge.service_on,
    )


def _answer(remittance: Remittance, claim: Claim, position: int) -> RemittanceClaim:
    row = RemittanceClaim.objects.create(
        remittance=remittance,
        position=position,
        claim=claim,
        match=RemittanceClaim.Match.NUMBER,
        number=claim.number,
        status_code="1",
        charge=claim.total,
        paid=claim.total - SHARE - position % 10,
    )
    for amount in filter(None, (SHARE, Decimal(position % 10))):
        row.adjustments.create(group="PR", reason="2", amount=amount, treatment="patient")
    return row


def _hand_over(practice: Practice, claim: Claim, plan: Coverage) -> None:
    """The client's share waits for the second payer."""
    charge = claim.lines.get().charge
    lines = postings.to_next(facts_of(charge), Decimal(0), SHARE, payer_id=plan.payer_id, coverage_id=plan.pk)
    draft = Draft(Entry.Kind.TRANSFER, lines, DAY)
    ledger.post(draft, practice=practice, actor=Actor.system(practice.pk))
