"""Remittances in every state a page acts on, denials, files that came back, and a decision about a code."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from billing.legacy import making
from billing.models import (
    AdjustmentRule,
    ClaimLine,
    ClientCorrection,
    Denial,
    InboundFile,
    InboundTransaction,
    ProviderAdjustment,
    Remittance,
    RemittanceClaim,
    RemittanceLine,
)
from billing.remittances import services
from practice import clock, files
from practice.actors import Actor
from practice.models import Practice, Service
from tests.matrix.world import World, builds

AMOUNT: Final = Decimal("50.00")
_PAYEE: Final = [{"code": "payee", "words": "Looked at", "by": "Bob Keller", "at": "2026-11-17T15:00:00+00:00"}]


@builds
def remittances(world: World, practice: Practice) -> dict[str, Any]:
    """Named by their state; claims and lines of `held_remittance`; denials; `answer_…` and `adjustment_rule`."""
    objects = world.objects[practice.pk]
    actor = Actor.system(practice.pk)
    answers = _answers(actor)
    made = {name: _remittance(answers["read_answer"], number, name) for number, name in enumerate(_STATES, 1)}
    for name in ("ready_remittance", "posted_remittance"):
        ProviderAdjustment.objects.create(
            remittance=made[name], position=1, reason="L6", amount=-AMOUNT, treatment="income"
        )
    services.post(made["posted_remittance"].pk, actor=actor, practice=practice)
    rows = _claims(made["held_remittance"], objects["sent_claim"])
    rows |= _former(made["held_remittance"], objects["sent_claim"], practice)
    rule = AdjustmentRule.objects.create(group="PR", reason="96", treatment="patient")
    return (
        answers
        | made
        | rows
        | _corrections(rows, objects["sent_claim"])
        | _denials(rows, objects["denied_claim"])
        | {"adjustment_rule": rule}
    )


_STATES: Final = {
    "ready_remittance": Remittance.Status.READY,
    "posted_remittance": Remittance.Status.READY,
    "held_remittance": Remittance.Status.HELD,
    "doubted_remittance": Remittance.Status.HELD,
    "aside_remittance": Remittance.Status.SET_ASIDE,
}


def _answers(actor: Actor) -> dict[str, Any]:
    kept = files.store(b"ISA*00*", name="a.835", actor=actor)
    facts = {
        "file": kept,
        "source": "upload",
        "name": "a.835",
        "received_at": clock.now(),
        "made_by_name": "Bob Keller",
    }
    read = InboundFile.objects.create(status=InboundFile.Status.READ, sha256="1" * 64, **facts)
    broken = InboundFile.objects.create(status=InboundFile.Status.UNREADABLE, sha256="2" * 64, **facts)
    put_away = InboundFile.objects.create(status=InboundFile.Status.SET_ASIDE, sha256="3" * 64, **facts)
    part = {"inbound": read, "kind": InboundTransaction.Kind.X999, "summary": "Group 1 answers nothing."}
    lost = InboundTransaction.objects.create(position=90, status=InboundTransaction.Status.UNMATCHED, **part)
    aside = InboundTransaction.objects.create(position=91, status=InboundTransaction.Status.SET_ASIDE, **part)
    parts = {"lost_part": lost, "aside_part": aside}
    return {"read_answer": read, "unreadable_answer": broken, "aside_answer": put_away, **parts}


def _remittance(inbound: InboundFile, number: int, name: str) -> Remittance:
    part = InboundTransaction.objects.create(
        inbound=inbound, position=number, kind=InboundTransaction.Kind.X835, summary="Payment"
    )
    doubt = [{"code": "doubtful", "words": "Something could not be read.", "may_accept": True}]
    return Remittance.objects.create(
        transaction=part,
        payer_name="Keystone Mutual",
        trace=f"EFT{number}",
        originator="1",
        amount=AMOUNT,
        paid_on=dt.date(2026, 11, 16),
        content_hash=f"{number:064}",
        status=_STATES[name],
        held_for=doubt if name == "doubted_remittance" else [],
        accepted=_PAYEE,
        received_at=clock.now(),
    )


def _claims(remittance: Remittance, claim: Any) -> dict[str, Any]:
    facts = {"remittance": remittance, "status_code": "1", "charge": Decimal("150.00"), "paid": Decimal("0.00")}
    free = RemittanceClaim.objects.create(position=1, client_name="BROUDY", **facts)
    hand = RemittanceClaim.Match.HAND
    matched = RemittanceClaim.objects.create(position=2, claim=claim, match=hand, **facts)
    line = RemittanceLine.objects.create(
        remittance_claim=matched, position=1, code="99999", charged=Decimal("150.00"), paid=Decimal("0.00")
    )
    charge = ClaimLine.objects.get(claim=claim).charge
    return {"free_answer": free, "matched_answer": matched, "free_line": line, "sent_charge": charge}


def _former(remittance: Remittance, claim: Any, practice: Practice) -> dict[str, Any]:
    """Two answers to claims of a former system; a claim was made from the second."""
    service = Service.objects.exclude(code="").order_by("pk")[0]
    found = []
    for position in (8, 9):
        row = RemittanceClaim.objects.create(
            remittance=remittance, position=position, status_code="1", charge=AMOUNT, paid=AMOUNT
        )
        day = dt.date(2026, 3, position)
        RemittanceLine.objects.create(
            remittance_claim=row, position=1, code=service.code, charged=AMOUNT, paid=AMOUNT, service_on=day
        )
        found.append(row)
    facts = {"client_id": claim.client_id, "clinician_id": claim.rendering_id, "practice": practice}
    made = making.make(found[1].pk, actor=Actor.system(practice.pk), **facts)
    return {"free_answer_with_line": found[0], "legacy_claim": made}


def _corrections(rows: dict[str, Any], claim: Any) -> dict[str, Any]:
    facts = {"client": claim.client, "coverage": claim.coverage, "made_at": clock.now()}
    waiting = ClientCorrection.objects.create(remittance_claim=rows["matched_answer"], last_name="Broudy", **facts)
    kept = ClientCorrection.objects.create(
        remittance_claim=rows["free_answer"], last_name="Brody", status=ClientCorrection.Status.KEPT, **facts
    )
    return {"client_correction": waiting, "kept_correction": kept}


def _denials(rows: dict[str, Any], claim: Any) -> dict[str, Any]:
    facts = {"claim": claim, "amount": Decimal("125.00"), "made_at": clock.now()}
    reason = {"group": "PR", "reason": "27", "amount": "125.00", "words": "Ended", "action": "Ask", "remarks": []}
    opened = Denial.objects.create(remittance_claim=rows["free_answer"], reasons=[reason], **facts)
    resolved = Denial.objects.create(
        remittance_claim=rows["matched_answer"],
        status=Denial.Status.RESOLVED,
        resolution=Denial.Resolution.APPEALED,
        **facts,
    )
    return {"open_denial": opened, "resolved_denial": resolved}
