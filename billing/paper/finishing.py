"""Turns a remittance on paper that adds up into one like any other: kept, matched, judged, and posted by the same."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Final

from django.db import transaction

from billing.models import Claim, ClaimLine, InboundFile, InboundTransaction, PaperDraft, Remittance
from billing.paper.drafts import keyed, locked
from billing.paper.keying import Keyed, KeyedClaim, fingerprint
from billing.remittances import building, holding, matching
from billing.remittances.errors import RemittanceRefusedError
from billing.remittances.treatments import rules
from billing.remittances.words import money, name
from edi.parties import Name, Reference
from edi.remittances import model as x12
from practice import audit, clock, files, states
from practice.actors import Actor
from practice.models import Practice, PracticeSettings

INTEREST: Final = "L6"


@transaction.atomic
def finish(draft_id: int, *, actor: Actor, practice: Practice) -> Remittance:
    """Makes the remittance: ready to post, or held with its reasons.

    RemittanceRefusedError says what does not add up, what is missing, or that the same one was keyed before.
    """
    row = locked(draft_id, actor)
    said = keyed(row)
    if row.payer is None or row.paid_on is None or row.amount is None or not said.is_whole:
        raise RemittanceRefusedError(" ".join(said.problems))
    if row.paid_on > clock.today(practice):
        raise RemittanceRefusedError("This payment is dated in the future. Enter the date of the check.")
    mark = fingerprint(row.payer.pk, row.number, row.paid_on, said)
    _refuse_twice(mark)
    built = building.build(replace(_remittance(row, row.paid_on, said), content_hash=mark), rules(), is_sandbox=False)
    matching.match_claims([one.row for one in built.claims])
    matching.match_lines((one.row, [line.row for line in one.lines]) for one in built.claims)
    built.row.payer, built.row.source = row.payer, Remittance.Source.PAPER
    built.row.transaction = _transaction(row, actor)
    built.row.save()
    states.record_first([built.row], actor=actor)
    building.save(built, built.row.transaction)
    holding.settle(built.row, holding.judge(built.row, built.claims).holds, actor=actor)
    row.remittance, row.changed_at = built.row, clock.now()
    row.save(update_fields=["remittance", "changed_at"])
    audit.record("remittance.keyed", actor=actor, row=built.row, after={"amount": str(built.row.amount)})
    return built.row


def _refuse_twice(mark: str) -> None:
    gone = (Remittance.Status.DUPLICATE, Remittance.Status.SET_ASIDE)
    first = Remittance.objects.filter(content_hash=mark).exclude(status__in=gone).first()
    if first is not None:
        raise RemittanceRefusedError(f"The same remittance was keyed before: {name(first)}, {money(first.amount)}.")


def _transaction(row: PaperDraft, actor: Actor) -> InboundTransaction:
    """Where it came from: the scan, or what was keyed as text."""
    text = {"payer": str(row.payer), "number": row.number, "amount": str(row.amount), "claims": row.claims}
    kept = row.scan or files.store(json.dumps(text, indent=1).encode(), name=f"{row.number}.txt", actor=actor)
    inbound = InboundFile.objects.create(
        file=kept,
        source=InboundFile.Source.PAPER,
        name=f"Paper {row.number}"[:200],
        sha256=kept.sha256,
        status=InboundFile.Status.READ,
        received_at=clock.now(),
        made_by_name=actor.name,
    )
    states.record_first([inbound], actor=actor)
    made = InboundTransaction.objects.create(
        inbound=inbound,
        position=1,
        kind=InboundTransaction.Kind.PAPER,
        summary=f"Payment of {money(row.amount)} by {row.payer}, keyed by {actor.name}."[:300],
    )
    states.record_first([made], actor=actor)
    return made


def _remittance(row: PaperDraft, on: dt.date, said: Keyed) -> x12.Remittance:
    settings = PracticeSettings.objects.first()
    payee = x12.Organization(settings.legal_name if settings else "", "XX", settings.npi if settings else "")
    if settings and settings.ein:
        payee = replace(payee, references=(Reference("TJ", str(settings.ein)),))
    interest = (x12.ProviderAdjustment("", None, INTEREST, "", -said.interest),) if said.interest else ()
    return x12.Remittance(
        method="CHK" if said.amount else "NON",
        handling="I" if said.amount else "H",
        credit_debit="C",
        amount=row.amount or said.paid,
        trace=row.number,
        originator="",
        paid_on=on,
        payer=x12.Organization(row.payer.name if row.payer else "", "PI", row.payer.payer_id if row.payer else ""),
        payee=payee,
        claims=tuple(_claim(place, one) for place, one in enumerate(said.claims, 1)),
        provider_adjustments=interest,
    )


def _claim(place: int, said: KeyedClaim) -> x12.ClaimPayment:
    claim = Claim.objects.select_related("client", "coverage").get(pk=said.claim_id)
    sent = {one.charge_id: one for one in ClaimLine.objects.filter(claim=claim)}
    who = Name("QC", claim.client.last_name, claim.client.first_name, id_qualifier="MI", id=claim.coverage.member_id)
    lines = tuple(
        x12.LinePayment(
            x12.Procedure("HC", sent[one.charge_id].code, tuple(sent[one.charge_id].modifiers)),
            one.charge,
            one.paid,
            service_from=sent[one.charge_id].service_on,
            adjustments=tuple(x12.Adjustment(*taken) for taken in one.taken),
            references=(Reference("6R", sent[one.charge_id].reference),),
        )
        for one in said.lines
    )
    return x12.ClaimPayment(
        place,
        claim.number,
        "2" if claim.follows_id else "1",
        claim.total,
        said.paid,
        payer_control_number=claim.payer_control_number,
        names=(who,),
        service_from=claim.service_on,
        lines=lines,
    )
