"""An answer of a payer that says more than one thing, and a payer that can be asked."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from billing.eligibility.facts import Facts, Figure, Party, as_data
from billing.models import ClaimStatusCheck, EligibilityCheck
from clients.models import Client, Coverage
from practice import clock, files
from practice.actors import Actor
from practice.models import PayerEnrollment, Practice, PracticePayer
from tests.billing.claims.hands import connect
from tests.matrix.world import World, builds


@builds
def eligibility(world: World, practice: Practice) -> dict[str, Any]:
    """`eligibility_check`, its coverage `verified_coverage`, a click under way, and a claim asked about."""
    connect(name="Eligibility", layout="sandbox_api", is_default=False)
    payer = PracticePayer.objects.create(name="Lakeside Mutual", payer_id="LAKE1")
    other = PracticePayer.objects.create(name="Carelon", payer_id="CARE1")
    for one in (payer, other):
        PayerEnrollment.objects.create(payer=one, transaction="270", since=dt.date(2026, 1, 1))
    born = {"date_of_birth": dt.date(1990, 4, 2), "sex": "F"}
    client = Client.objects.create(number=901, first_name="Nora", last_name="Whitcomb", **born)
    coverage = _plan(client, payer)
    second = Client.objects.create(number=902, first_name="Omar", last_name="Whitcomb", **born)
    together = uuid.uuid4()
    facts = Facts(
        is_active=True, copay=Figure(Decimal("30.00"), "MH"), carve_outs=(Party("Carelon", "CARE1"),), network="in"
    )
    check = _check(practice, coverage, "A" * 15, status="answered", outcome="active", is_current=True)
    check.facts, check.alerts = as_data(facts), [{"kind": "carve_out", "words": "Carelon pays behavioral health."}]
    check.save()
    looked = {"looked_at": clock.now(), "set_aside_at": clock.now(), "set_aside_why": "Paid yesterday"}
    former = _check(practice, coverage, "D" * 15, status="answered", outcome="inactive", **looked)
    status = ClaimStatusCheck.objects.create(
        claim=world.one(practice, "accepted_claim"),
        request=world.one(practice, "unknown_request"),
        number=world.one(practice, "accepted_claim").number,
        status="answered",
        outcome="pending",
        reason="hand",
        trace="C" * 15,
        answer=files.store(b"ISA*277", name="a.277", actor=Actor.system(practice.pk)),
        made_at=clock.now(),
        checked_at=clock.now(),
    )
    sent = world.one(practice, "missing_claim")
    ClaimStatusCheck.objects.create(
        claim=sent,
        request=world.one(practice, "unknown_request"),
        number=sent.number,
        status="answered",
        outcome="not_on_file",
        is_on_file=False,
        reason="hand",
        trace="E" * 15,
        made_at=clock.now(),
        checked_at=clock.now(),
    )
    waits = _check(practice, _plan(second, payer), "B" * 15, together=together)
    return {
        "eligibility_check": check,
        "waiting_check": waits,
        "set_aside_check": former,
        "verified_coverage": coverage,
        "asked_together": together,
        "status_check": status,
    }


def _plan(client: Client, payer: PracticePayer) -> Coverage:
    return Coverage.objects.create(client=client, payer=payer, member_id="L1", starts_on=dt.date(2026, 1, 1))


def _check(practice: Practice, coverage: Coverage, trace: str, **facts: Any) -> EligibilityCheck:
    system = Actor.system(practice.pk)
    return EligibilityCheck.objects.create(
        client=coverage.client,
        coverage=coverage,
        payer=coverage.payer,
        reason="hand",
        service_on=dt.date(2026, 11, 17),
        service_types=["MH"],
        fingerprint="0" * 64,
        trace=trace,
        inquiry=files.store(b"ISA*270", name="a.270", actor=system),
        answer=files.store(b"ISA*271", name="a.271", actor=system),
        made_at=clock.now(),
        made_by_name="Bob Keller",
        **({"checked_at": clock.now() if facts.get("status") == "answered" else None} | facts),
    )
