"""The bytes a clearinghouse and a payer answer with, and how they come in at the practice's door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from billing.models import Claim, ClaimLine, ClaimStatusCheck, Request, Submission
from billing.statuses import recording
from edi.acknowledgments import writing as x999
from edi.acknowledgments.model import Acknowledgment, InterchangeAcknowledgment, SetResponse
from edi.claims import model as x837
from edi.claims.writing import write as write_claims
from edi.envelope import Envelope
from edi.inquiries import answer_writing as x277
from edi.inquiries.answers import ClaimAnswer
from edi.parties import Name, Reference
from edi.statuses import writing as x277ca
from edi.statuses.model import ClaimStatus, ProviderStatus, ReceiverStatus, SourceStatus, StatusReport
from edi.statuses.stc import Status, StatusCode
from practice import clock, files
from practice.actors import Actor
from tests.billing.claim_factories import DAY, NPI, Bench
from tests.billing.remittances.hands import take
from tests.edi.inquiries.making import answered
from tests.edi.making import SUBSCRIBER, claim_file, transaction

ENVELOPE = Envelope(sender="SANDBOX", receiver="FERN01", usage="T")
TODAY = dt.date(2026, 11, 17)
REFUSES = frozenset({"A3", "A6", "A7", "A8"})


@dataclass(frozen=True)
class Arrival:
    """What comes in: a file, or the answer to a question that was asked (`check_id`)."""

    name: str
    content: bytes
    check_id: int = 0


def deliver(bench: Bench, one: Arrival) -> None:
    """Takes it in as the worker does; it may have come before."""
    if one.check_id:
        recording.record(bench.practice.pk, one.check_id, one.content)
    else:
        take(bench, one.content, one.name)


def made_at(minute: int) -> dt.datetime:
    """When an answer says it was made."""
    return dt.datetime(2026, 11, 16, 9 + minute // 60, minute % 60)  # noqa: DTZ001 - an envelope has no zone


def ta1(request: Request, status: str, *, control: int) -> Arrival:
    """What is said of the whole file."""
    said = InterchangeAcknowledgment(request.control_number, TODAY, dt.time(9), status)
    content = x999.write([], ENVELOPE, control=control, group_control=control, made_at=made_at(0), interchanges=[said])
    return Arrival(f"TA1 {status} {control}", content)


def acknowledgment(request: Request, refused: Iterable[str], *, control: int) -> Arrival:
    """A 999 that refuses some of the transactions of a file."""
    parts = sorted(set(Submission.objects.filter(request=request).values_list("transaction_control", flat=True)))
    lost = set(refused)
    version = "005010X222A1"
    sets = tuple(SetResponse("837", one, "R" if one in lost else "A", version) for one in parts)
    status = "A" if not lost else "R" if lost == set(parts) else "P"
    counts = (len(parts), len(parts), len(parts) - len(lost))
    said = Acknowledgment("HC", str(int(request.control_number)), status, version, *counts, sets=sets)
    return Arrival(
        f"999 {control}", x999.write([said], ENVELOPE, control=control, group_control=control, made_at=made_at(1))
    )


def report(said: Sequence[tuple[Submission, str]], source: str, *, control: int, minute: int) -> Arrival:
    """A 277CA: what a clearinghouse (AY) or a payer (PR) says of each of these sendings."""
    provider = Name("85", "FERNHOLLOW PLLC", id_qualifier="XX", id=NPI, is_person=False)
    submitter = Name("41", "FERNHOLLOW PLLC", id_qualifier="46", id="FERN01", is_person=False)
    who = Name(source, "KEYSTONE MUTUAL", id_qualifier="PI", id="KEY01", is_person=False)
    claims = tuple(_claim_status(sent, category) for sent, category in said)
    receiver = ReceiverStatus(
        submitter, said[0][0].reference, (), providers=(ProviderStatus(provider, "1", claims=claims),)
    )
    whole = StatusReport(f"R{control}", TODAY, (SourceStatus(who, f"S{control}", TODAY, TODAY, (), (receiver,)),))
    content = x277ca.write([whole], ENVELOPE, control=control, group_control=control, made_at=made_at(minute))
    return Arrival(f"277CA {source} {control} {[category for _, category in said]}", content)


def _claim_status(sent: Submission, category: str) -> ClaimStatus:
    action = "U" if category in REFUSES else "WQ"
    status = Status((StatusCode(category, "20"),), TODAY, action, sent.claim.total)
    patient = Name("QC", "LINDGREN", "THEO", id_qualifier="MI", id="K1")
    return ClaimStatus(patient, sent.number, (status,), (Reference("1K", f"ICN{sent.claim_id}"),), DAY, DAY)


def keep_as_sent(bench: Bench, request: Request) -> None:
    """Puts a real 837P into the place of the request's file, for questions about claims in it."""
    claims = [_as_x12(one.claim) for one in Submission.objects.filter(request=request).order_by("pk")]
    content = write_claims(claim_file(transactions=(transaction(*claims),))).content
    request.file = files.store(content, name=request.filename, actor=Actor.system(bench.practice.pk))
    request.save(update_fields=["file"])


def _as_x12(claim: Claim) -> x837.Claim:
    rows = ClaimLine.objects.filter(claim=claim).order_by("position")
    lines = tuple(x837.Line(one.reference, one.code, one.amount, Decimal(1), (1,), one.service_on) for one in rows)
    return x837.Claim(claim.number, SUBSCRIBER, claim.total, "11", ("F411",), lines)


def question(claim: Claim, request: Request) -> ClaimStatusCheck:
    """A question to the payer that is on its way."""
    return ClaimStatusCheck.objects.create(
        claim=claim,
        request=request,
        number=claim.number,
        status=ClaimStatusCheck.Status.SENDING,
        reason=ClaimStatusCheck.Reason.HAND,
        trace=f"T{claim.pk}",
        made_at=clock.now(),
        made_by_name="Bob",
    )


def answer_to(check: ClaimStatusCheck, code: str) -> Arrival:
    """A 277: what the payer says to a question."""
    status = Status((StatusCode(*code.split(":")),), TODAY, amount=check.claim.total)
    references = (Reference("1K", f"ICN{check.claim_id}"), Reference("EJ", check.number))
    said = answered(ClaimAnswer(check.trace, (status,), references, DAY, DAY))
    content = x277.write([said], ENVELOPE, control=1, group_control=1, made_at=made_at(9))
    return Arrival(f"277 {code} {check.claim_id}", content, check.pk)
