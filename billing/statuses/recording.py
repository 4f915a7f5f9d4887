"""Step three: what a payer answered is kept, told in the claim's history, and moves what it proves."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction

from billing.claims import events
from billing.claims.arriving import record_answered
from billing.inbound.finding import latest, locked_claims, move
from billing.models import Claim, ClaimEvent, ClaimStatusCheck, Submission
from billing.statuses.asking import ASK
from billing.statuses.words import SOURCE, TITLES
from edi.claims import reading as claims
from edi.claims.model import ClaimTransaction
from edi.errors import X12Error
from edi.inquiries import answer_reading
from edi.inquiries.asking import held
from edi.inquiries.outcomes import Outcome, State, outcome
from edi.reading import read
from practice import audit, clock, due, files, states
from practice.actors import Actor
from practice.tenancy.context import practice_context

PAUSES: Final = tuple(dt.timedelta(minutes=pause) for pause in (2, 10, 30, 120))
_UNREADABLE: Final = "What came back is no answer about claims (277) that can be read."
S = ClaimStatusCheck.Status


def locked(check_id: int) -> ClaimStatusCheck | None:
    """The question with the file it is about, locked; None when it is gone."""
    rows = ClaimStatusCheck.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("claim", "request__file").filter(pk=check_id).first()


def record(practice_id: int, check_id: int, answer: bytes) -> None:
    """Writes down an answer; whoever comes second finds it written."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        row = locked(check_id)
        if row is not None and row.status == S.SENDING:
            write(row, answer)


def write(row: ClaimStatusCheck, answer: bytes) -> None:
    """Writes down an answer to a question under way, which is locked, in the practice's open context."""
    actor = Actor.system(row.practice_id)
    if answer:
        row.answer = files.store(answer[: files.LARGEST], name=f"{row.trace}.277", actor=actor)
    found = _outcome(row, answer)
    if found is None:
        close(row, _UNREADABLE)
    else:
        _answered(row, found, actor)


def not_answered(row: ClaimStatusCheck, trouble: str, *, again: bool) -> None:
    """Nothing came: asked again a few times, then left to a person or the next round."""
    if again and row.attempts <= len(PAUSES):
        wait(row, trouble)
    else:
        close(row, trouble)


def wait(row: ClaimStatusCheck, trouble: str) -> None:
    """Back in line, with the reason, for a while that grows."""
    states.transition(row, S.READY, actor=Actor.system(row.practice_id), reason=trouble[:200])
    row.lease_until, row.trouble = None, trouble[:300]
    row.save(update_fields=["lease_until", "trouble"])
    pause = PAUSES[min(row.attempts, len(PAUSES)) - 1]
    due.plan(ASK, practice_id=row.practice_id, object_id=row.pk, due_at=clock.now() + pause)


def close(row: ClaimStatusCheck, trouble: str) -> None:
    """Not answered; a person or the next round may ask again."""
    states.transition(row, S.FAILED, actor=Actor.system(row.practice_id), reason=trouble[:200])
    row.trouble, row.lease_until = trouble[:300], None
    row.save(update_fields=["trouble", "lease_until", "answer"])
    due.done(ASK, practice_id=row.practice_id, object_id=row.pk)


def as_sent(row: ClaimStatusCheck) -> ClaimTransaction:
    """The transaction in which the claim left, read from the file as it was sent; X12Error when it is not there."""
    for interchange in read(files.read(row.request.file)):
        for one in interchange.transactions:
            for found in claims.read_parts(one).transactions:
                if any(claim.patient_control_number == row.number for claim in found.claims):
                    return found
    raise X12Error("The file as it was sent does not hold this claim.")


def _outcome(row: ClaimStatusCheck, answer: bytes) -> Outcome | None:
    """What the bytes mean for the claim; None where they are no 277."""
    sent = next(one for one in as_sent(row).claims if one.patient_control_number == row.number)
    asked = held(sent, row.trace)
    try:
        readable = read(answer.replace(b"\0", b" ")) if answer else []
        found = [one for interchange in readable for one in interchange.transactions]
        outcomes = [outcome(answer_reading.read(one), asked) for one in found if one.set_id == "277"]
    except X12Error:
        return None
    return next((one for one in outcomes if one.state is not State.UNDECIDABLE), outcomes[0] if outcomes else None)


def _answered(row: ClaimStatusCheck, found: Outcome, actor: Actor) -> None:
    row.outcome, row.is_on_file, row.words = found.state.value, found.is_on_file, found.reason
    row.payer_control_number = found.payer_control_number[:50]
    row.checked_at, row.lease_until, row.trouble = clock.now(), None, ""
    row.save(
        update_fields=[
            "outcome", "is_on_file", "words", "payer_control_number", "checked_at", "lease_until", "trouble", "answer",
        ]
    )  # fmt: skip
    states.transition(row, S.ANSWERED, actor=actor)
    if found.is_on_file:
        record_answered([row.request_id], actor=actor)
    claim = locked_claims([row.claim_id])[row.claim_id]
    events.record([_event(row, found, actor)])
    _move(row, found, claim, actor)
    audit.record(
        "claim.status_answered", actor=actor, row=row, client_id=claim.client_id, after={"outcome": row.outcome}
    )
    due.done(ASK, practice_id=row.practice_id, object_id=row.pk)


def _event(row: ClaimStatusCheck, found: Outcome, actor: Actor) -> events.Event:
    codes = dict.fromkeys(
        f"{code.category}:{code.code}" for claim in found.claims for one in claim.statuses for code in one.codes
    )
    return events.event(
        row.claim_id,
        ClaimEvent.Kind.ANSWER,
        TITLES[found.state],
        actor=actor,
        detail=found.reason,
        codes=" ".join(codes)[:60],
        source=SOURCE,
        request_id=row.request_id,
    )


def _move(row: ClaimStatusCheck, found: Outcome, claim: Claim, actor: Actor) -> None:
    """What the answer proves of the sending it is about; money is posted by remittances alone."""
    submission = Submission.objects.filter(claim=claim, request=row.request_id, number=row.number).first()
    if submission is None or submission.pk not in latest([submission]):
        return
    if found.is_on_file and row.payer_control_number and not claim.payer_control_number:
        claim.payer_control_number = row.payer_control_number
        claim.save(update_fields=["payer_control_number"])
    if found.state is State.REJECTED:
        before = (Claim.Status.SENT, Claim.Status.RECEIVED)
        move([claim], Claim.Status.REJECTED, before=before, actor=actor, reason=SOURCE)
    elif found.is_on_file:
        move([claim], Claim.Status.RECEIVED, before=(Claim.Status.SENT,), actor=actor, reason=SOURCE)
