"""Applies what receivers say of our files: TA1 of a whole file, 999 of the transactions in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from billing.claims import events
from billing.inbound.cases import Case, sentences, write
from billing.inbound.finding import answer_request, latest, locked_claims, move, request_of
from billing.models import Claim, ClaimEvent, InboundTransaction, Request, Submission
from edi.acknowledgments.model import Acknowledgment, InterchangeAcknowledgment, SegmentError, SetResponse, Verdict
from edi.acknowledgments.reading import read, read_ta1
from edi.interchanges import Transaction
from edi.segments import Segment
from practice.models import StateChange

_UNDER_WAY: Final = frozenset({Claim.Status.SENT, Claim.Status.RECEIVED, Claim.Status.ACCEPTED})
_TAKEN: Final = frozenset({Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_ERRORS})
_CLAIMS: Final = "HC"
SOURCE: Final = "999"
REFUSED: Final = "Rejected: the file could not be read"
_READABLE: Final = "File received and readable"
_WITH_ERRORS: Final = "File received, with errors"
_PART_REFUSED: Final = "This claim was in a part of the file that was refused because of another claim."
_NOBODY: Final = "answers a file that was not sent from here."
_USED_BEFORE: Final = "025"
_SECOND_COPY: Final = "The file had arrived before; its second copy was set aside"


def apply_ta1(case: Case, segment: Segment) -> InboundTransaction:
    """A or E: the file arrived. R: all of it is lost, and its claims are ready to be sent again."""
    said = read_ta1(segment)
    request = request_of(case, said.control)
    kind = InboundTransaction.Kind.TA1
    if request is None:
        return write(case, kind, said.control, InboundTransaction.Status.UNMATCHED, f"File {said.control} {_NOBODY}")
    summary = f"File {said.control}: {_verdict(said.verdict)}. {said.words}"
    status = InboundTransaction.Status.APPLIED
    defects = [said.words] if said.verdict is not Verdict.ACCEPTED else []
    written = write(case, kind, said.control, status, summary, request=request, defects=defects)
    if said.verdict in _TAKEN:
        answer_request(request, Request.Status.ACKNOWLEDGED, actor=case.actor, reason=said.words)
    if said.verdict is Verdict.ACCEPTED_WITH_ERRORS:
        rows = Submission.objects.filter(request=request)
        _tell(case, written, rows, _WITH_ERRORS, detail=said.words, source="TA1")
    if said.verdict is Verdict.REJECTED:
        _refused(case, written, request, said)
    return written


def apply_999(case: Case, found: Transaction) -> InboundTransaction:
    """Transaction by transaction: accepted ones are acknowledged, the claims of refused ones are rejected."""
    said = read(found)
    request = request_of(case, said.control) if said.functional_id in {_CLAIMS, ""} else None
    kind, defects = InboundTransaction.Kind.X999, sentences(said.defects)
    if request is None:
        summary = f"Group {said.control or '(none)'} {_NOBODY}"
        return write(case, kind, found.control, InboundTransaction.Status.UNMATCHED, summary, defects=defects)
    parts: dict[str, list[Submission]] = {}
    for row in Submission.objects.filter(request=request).order_by("first_segment"):
        parts.setdefault(row.transaction_control, []).append(row)
    verdicts = {control: said.verdict_of(control) for control in parts}
    status = InboundTransaction.Status.APPLIED
    facts = {"request": request, "defects": [*defects, *_errors(said)]}
    written = write(case, kind, found.control, status, _summary(said, verdicts), **facts)
    _answer(case, request, verdicts, said)
    for control, rows in parts.items():
        _apply_part(case, written, rows, verdicts[control], _response(said, control))
    return written


def _refused(case: Case, written: InboundTransaction, request: Request, said: InterchangeAcknowledgment) -> None:
    """All of it is lost, unless it is the second copy of a file of which nobody knew that it had arrived."""
    if said.note == _USED_BEFORE and _was_unknown(request):
        answer_request(request, Request.Status.ACKNOWLEDGED, actor=case.actor, reason=_SECOND_COPY)
        _tell(case, written, Submission.objects.filter(request=request), _SECOND_COPY, source="TA1", codes=said.note)
    else:
        _lose(case, written, request, said)


def _was_unknown(request: Request) -> bool:
    changes = StateChange.objects.filter(kind=Request._meta.label_lower, object_id=request.pk)
    return changes.filter(after=Request.Status.UNKNOWN).exists()


def _lose(case: Case, written: InboundTransaction, request: Request, said: InterchangeAcknowledgment) -> None:
    answer_request(request, Request.Status.REJECTED, actor=case.actor, reason=said.words)
    rows = list(Submission.objects.filter(request=request))
    current = latest(rows)
    claims = locked_claims(row.claim_id for row in rows if row.pk in current)
    before = (Claim.Status.SENT, Claim.Status.BATCHED)
    move(claims.values(), Claim.Status.READY, before=before, actor=case.actor, reason=said.words)
    title = "The whole file was refused; ready to be sent again"
    lost = [row for row in rows if row.pk in current]
    _tell(case, written, lost, title, detail=said.words, source="TA1", codes=said.note)


def _answer(case: Case, request: Request, verdicts: dict[str, Verdict], said: Acknowledgment) -> None:
    """Rejected when every part was; acknowledged when any was taken; unchanged when nothing certain was said."""
    if verdicts and all(verdict is Verdict.REJECTED for verdict in verdicts.values()):
        answer_request(request, Request.Status.REJECTED, actor=case.actor, reason=" ".join(said.words))
    elif any(verdict in _TAKEN for verdict in verdicts.values()):
        answer_request(request, Request.Status.ACKNOWLEDGED, actor=case.actor, reason="999")


def _apply_part(
    case: Case,
    written: InboundTransaction,
    rows: Sequence[Submission],
    verdict: Verdict,
    response: SetResponse | None,
) -> None:
    errors = response.errors if response else ()
    if verdict is Verdict.ACCEPTED:
        _tell(case, written, rows, _READABLE, source=SOURCE)
    elif verdict is Verdict.ACCEPTED_WITH_ERRORS:
        _tell_errors(case, written, rows, errors, title=_WITH_ERRORS, others="")
    elif verdict is Verdict.REJECTED:
        current = latest(rows)
        rows = [row for row in rows if row.pk in current]
        claims = locked_claims(row.claim_id for row in rows)
        reason = " ".join(response.words) if response else "The group was refused."
        move(claims.values(), Claim.Status.REJECTED, before=_UNDER_WAY, actor=case.actor, reason=reason)
        _tell_errors(case, written, rows, errors, title=REFUSED, others=_PART_REFUSED)


def _tell_errors(
    case: Case,
    written: InboundTransaction,
    rows: Sequence[Submission],
    errors: Sequence[SegmentError],
    *,
    title: str,
    others: str,
) -> None:
    """Each claim with the errors that stand in its own segments; the others read what `others` says."""
    made = []
    for row in rows:
        own = [one for one in errors if _is_in(one, row)]
        detail = "\n".join(map(_words, own)) if own else others
        codes = " ".join(f"{one.segment}-{one.code}" for one in own)[:60]
        made.append(_answered(case, written, row, title, detail=detail, codes=codes, source=SOURCE))
    events.record(made)


def _tell(case: Case, written: InboundTransaction, rows: Iterable[Submission], title: str, **words: str) -> None:
    events.record(_answered(case, written, row, title, **words) for row in rows)


def _answered(
    case: Case,
    written: InboundTransaction,
    row: Submission,
    title: str,
    *,
    source: str,
    detail: str = "",
    codes: str = "",
) -> events.Event:
    return events.event(
        row.claim_id,
        ClaimEvent.Kind.ANSWER,
        title,
        actor=case.actor,
        detail=detail,
        codes=codes,
        source=source,
        transaction_id=written.pk,
    )


def _is_in(error: SegmentError, row: Submission) -> bool:
    return error.patient_control_number == row.number or row.first_segment <= error.position <= row.last_segment


def _words(error: SegmentError) -> str:
    parts = [f"Segment {error.position} ({error.segment}): {error.words}"]
    for element in error.elements:
        value = f" It says “{element.value}”." if element.value else ""
        parts.append(f"{error.segment}{element.position:02}: {element.words}{value}")
    return " ".join(parts)


def _errors(said: Acknowledgment) -> list[str]:
    found = [f"Part {one.control}: {_words(error)}" for one in said.sets for error in one.errors]
    codes = [f"Part {one.control}: {words}" for one in said.sets for words in one.words]
    return [*said.words, *codes, *found]


def _response(said: Acknowledgment, control: str) -> SetResponse | None:
    return next((one for one in said.sets if one.control == control), None)


def _summary(said: Acknowledgment, verdicts: dict[str, Verdict]) -> str:
    refused = [control for control, verdict in verdicts.items() if verdict is Verdict.REJECTED]
    if refused and len(refused) < len(verdicts):
        return f"File {said.control}: part {', '.join(refused)} refused, the rest accepted."
    return f"File {said.control}: {_verdict(said.verdict)}."


def _verdict(verdict: Verdict) -> str:
    return {
        Verdict.ACCEPTED: "accepted",
        Verdict.ACCEPTED_WITH_ERRORS: "accepted with errors",
        Verdict.PARTIALLY_ACCEPTED: "accepted in part",
        Verdict.REJECTED: "refused",
        Verdict.UNKNOWN: "the answer is not understood",
    }[verdict]
