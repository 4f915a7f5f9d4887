"""Takes an 835 in: all it says becomes rows, matched and judged; a second arrival becomes a note."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from billing.claims.arriving import record_answered
from billing.inbound.cases import Case, sentences, write
from billing.models import Claim, InboundTransaction, Remittance, Submission
from billing.remittances import building, holding, matching
from billing.remittances.building import Built
from billing.remittances.holding import Hold
from billing.remittances.treatments import rules
from billing.remittances.words import money
from billing.secondary import crossing
from edi.interchanges import Transaction
from edi.remittances import model as x12
from edi.remittances.reading import read
from practice import audit, states
from practice.errors.database import constraint_of
from practice.models import PracticePayer

_ONCE: Final = "remittance_once"
_GONE: Final = (Remittance.Status.DUPLICATE, Remittance.Status.SET_ASIDE)


def apply(case: Case, found: Transaction) -> InboundTransaction:
    """Stores a remittance with everything in it: ready when nothing about it needs a person, else held.

    Raises X12Error when an amount is beyond all measure.
    """
    said = read(found)
    built = building.build(said, rules(), is_sandbox=case.is_sandbox)
    first = _first(said.content_hash)
    if first is not None:
        return _note(case, found, said, first)
    matching.match_claims([one.row for one in built.claims])
    crossing.redirect(built.row, [one.row for one in built.claims])
    matching.match_lines((one.row, [line.row for line in one.lines]) for one in built.claims)
    built.row.payer_id = _payer(built)
    try:
        with transaction.atomic():
            return _keep(case, found, built, said)
    except IntegrityError as error:
        first = _first(said.content_hash)
        if first is None or constraint_of(error) != _ONCE:
            raise
        return _note(case, found, said, first)


def _keep(case: Case, found: Transaction, built: Built, said: x12.Remittance) -> InboundTransaction:
    """Writes everything down and judges it."""
    ours = any(one.row.claim_id for one in built.claims) or not built.claims
    status = InboundTransaction.Status.APPLIED if ours else InboundTransaction.Status.UNMATCHED
    defects = sentences(said.defects)
    _record_answered(built, case)
    written = write(case, InboundTransaction.Kind.X835, found.control, status, _summary(built.row), defects=defects)
    built.row.transaction = written
    built.row.held_for = [asdict(hold) for hold in _doubts(case, found, said)]
    built.row.save()
    states.record_first([built.row], actor=case.actor)
    building.save(built, written)
    holding.settle(built.row, holding.judge(built.row, built.claims).holds, actor=case.actor)
    audit.record("remittance.received", actor=case.actor, row=built.row, after={"amount": str(built.row.amount)})
    return written


def _record_answered(built: Built, case: Case) -> None:
    """Money for a claim proves that the file it went in arrived."""
    numbers = {one.row.number.upper() for one in built.claims if one.row.claim_id}
    record_answered(
        set(Submission.objects.filter(number__in=numbers).values_list("request_id", flat=True)), actor=case.actor
    )


def _note(case: Case, found: Transaction, said: x12.Remittance, first: Remittance) -> InboundTransaction:
    """The same remittance a second time: its header is kept as a note, nothing else happens."""
    row = building.note(said, is_sandbox=case.is_sandbox)
    summary = f"{_summary(row)} It arrived before, as {first.transaction.inbound.name}."
    kind, status = InboundTransaction.Kind.X835, InboundTransaction.Status.APPLIED
    written = write(case, kind, found.control, status, summary)
    row.transaction, row.payer_id = written, first.payer_id
    row.save()
    states.record_first([row], actor=case.actor)
    return written


def _first(content_hash: str) -> Remittance | None:
    rows = Remittance.objects.filter(content_hash=content_hash).exclude(status__in=_GONE)
    return rows.select_related("transaction__inbound").first()


def _payer(built: Built) -> int | None:
    """The payer of the matched claims where they agree, else the one with this payer ID or this name."""
    ids = {one.row.claim_id for one in built.claims if one.row.claim_id}
    payers = set(Claim.objects.filter(pk__in=ids).values_list("payer_id", flat=True))
    if len(payers) == 1:
        return payers.pop()
    number, name = built.row.payer_identifier, built.row.payer_name
    known = Q(payer_id=number) | Q(numbers__number=number) if number else Q()
    rows = PracticePayer.objects.filter(known | Q(name__iexact=name)).values_list("pk", flat=True)
    found = set(rows[:2])
    return found.pop() if len(found) == 1 else None


def _doubts(case: Case, found: Transaction, said: x12.Remittance) -> list[Hold]:
    """What was found on reading that a person must look at, whatever the sums say."""
    grave = [*sentences(one for one in said.defects if one.grave), *_torn(case, found)]
    doubts = []
    if grave:
        words = " ".join(grave[:3])
        doubts.append(Hold(holding.DOUBTFUL, f"Something in it could not be read. {words}", may_accept=True))
    if building.has_fractions(said):
        doubts.append(Hold("fractions", "An amount has a part of a cent, which no payment can have."))
    return doubts


def _torn(case: Case, found: Transaction) -> list[str]:
    """That the transaction lost its end, or that its count of segments is another: something may be missing."""
    ends = [one for one in case.interchange.defects if one.tag == "SE" and one.transaction == found.control]
    return [one.words for one in ends]


def _summary(row: Remittance) -> str:
    count = "1 claim" if row.claim_count == 1 else f"{row.claim_count} claims"
    return f"Payment of {money(row.amount)} by {row.payer_name or 'a payer without a name'}, {count}."
