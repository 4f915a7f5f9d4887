"""Applies claim acknowledgments (277CA): which claims a clearinghouse or payer took, and which not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models.functions import Coalesce

from billing.claims import events
from billing.claims.arriving import record_answered
from billing.inbound.acknowledging import REFUSED, SOURCE
from billing.inbound.cases import Case, said_at, sentences, write
from billing.inbound.finding import latest, locked_claims, move
from billing.models import Claim, ClaimEvent, InboundTransaction, Submission
from edi.interchanges import Transaction
from edi.statuses.model import Level, StatusCode
from edi.statuses.outcomes import Outcome, outcomes
from edi.statuses.reading import read
from edi.statuses.verdicts import Verdict
from practice.payer_rules import rulebook

BY_PAYER: Final = "277CA, payer"
BY_CLEARINGHOUSE: Final = "277CA, clearinghouse"

TITLES: Final = {
    Verdict.ACCEPTED: "Accepted",
    Verdict.RECEIVED: "Received",
    Verdict.REJECTED: "Rejected",
    Verdict.UNKNOWN: "Answered in a way we do not know",
}
_RECEIVED: Final = "A1"
_VERDICTS: Final = {title: verdict for verdict, title in TITLES.items()} | {REFUSED: Verdict.REJECTED}
_BEFORE: Final = {
    Claim.Status.ACCEPTED: (Claim.Status.SENT, Claim.Status.RECEIVED, Claim.Status.REJECTED),
    Claim.Status.RECEIVED: (Claim.Status.SENT,),
    Claim.Status.REJECTED: (Claim.Status.SENT, Claim.Status.RECEIVED, Claim.Status.ACCEPTED),
}
_UNDECIDED: Final = frozenset(
    {Claim.Status.BATCHED, Claim.Status.SENT, Claim.Status.RECEIVED, Claim.Status.ACCEPTED, Claim.Status.REJECTED}
)
_STATES: Final = {
    Verdict.ACCEPTED: Claim.Status.ACCEPTED,
    Verdict.RECEIVED: Claim.Status.RECEIVED,
    Verdict.REJECTED: Claim.Status.REJECTED,
}


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one outcome says about one sending of a claim; `is_enough` says that its payer never goes beyond A1."""

    submission: Submission
    outcome: Outcome
    is_enough: bool = False

    @property
    def verdict(self) -> Verdict:
        """A whole file can be refused, but that it was taken says no more of a claim than that it arrived."""
        if self.is_enough and _received_by_payer(self.outcome):
            return Verdict.ACCEPTED
        taken = self.outcome.verdict is Verdict.ACCEPTED and self.outcome.level is not Level.CLAIM
        return Verdict.RECEIVED if taken else self.outcome.verdict

    @property
    def source(self) -> str:
        return BY_PAYER if self.outcome.by_payer else BY_CLEARINGHOUSE


def apply(case: Case, found: Transaction) -> InboundTransaction:
    """Writes every answer into the timelines, and moves the claims to what their sources say last."""
    report = read(found)
    decided = list(outcomes(report))
    answers = _answers(decided)
    defects = [*sentences(report.defects), *_lost(decided, answers)]
    status = InboundTransaction.Status.APPLIED if answers else InboundTransaction.Status.UNMATCHED
    requests = {one.submission.request_id for one in answers}
    record_answered(requests, actor=case.actor)
    request_id = requests.pop() if len(requests) == 1 else None
    kind = InboundTransaction.Kind.X277CA
    summary = _summary(answers)
    facts = {"request_id": request_id, "said_at": said_at(found), "defects": defects}
    written = write(case, kind, found.control, status, summary, **facts)
    current = latest([one.submission for one in answers])
    claims = locked_claims(one.submission.claim_id for one in answers)
    events.record(_event(one, written, case) for one in answers)
    _keep_numbers(answers, claims)
    _move([one for one in answers if one.submission.pk in current], claims, case)
    return written


def _answers(decided: Sequence[Outcome]) -> list[_Answer]:
    """Each outcome with the sending it is about; one about a whole file with every claim in it."""
    numbers = {one.claim.patient_control_number.upper() for one in decided if one.claim}
    references = {one.batch_reference for one in decided if one.claim is None and one.batch_reference}
    by_number = {row.number: row for row in Submission.objects.filter(number__in=numbers).order_by("pk")}
    by_file: dict[str, list[Submission]] = {}
    for row in Submission.objects.filter(reference__in=references).order_by("pk"):
        by_file.setdefault(row.reference, []).append(row)
    enough = _satisfied(row.claim_id for row in by_number.values())
    found = []
    for one in decided:
        if one.claim is None:
            found += [_Answer(row, one) for row in by_file.get(one.batch_reference, [])]
        elif sent := by_number.get(one.claim.patient_control_number.upper()):
            found.append(_Answer(sent, one, sent.claim_id in enough))
    return found


def _satisfied(claim_ids: Iterable[int]) -> set[int]:
    """The claims whose payers say no more than that they received it, by their rules on the date of service."""
    rows = list(Claim.objects.filter(pk__in=list(claim_ids)).values_list("pk", "payer_id", "service_on"))
    rules = rulebook({payer_id for _, payer_id, _ in rows})
    return {pk for pk, payer_id, day in rows if rules.on(payer_id, day).received_is_accepted}


def _received_by_payer(outcome: Outcome) -> bool:
    """Whether the payer itself says A1 about the claim, and nothing else."""
    own = [status for level, status in outcome.statuses if level is Level.CLAIM]
    said = {code.category for status in own for code in status.codes}
    return outcome.by_payer and outcome.level is Level.CLAIM and said == {_RECEIVED}


def _lost(decided: Iterable[Outcome], answers: Iterable[_Answer]) -> list[str]:
    """Answers about claims or files that were not sent from here."""
    known = {id(one.outcome) for one in answers}
    lost = []
    for one in decided:
        if id(one) not in known:
            number = one.claim.patient_control_number if one.claim else one.batch_reference
            lost.append(f"{number or 'A claim without a number'} was not sent from here.")
    return lost


def _move(answers: Sequence[_Answer], claims: dict[int, Claim], case: Case) -> None:
    standing = _standing(answers)
    by_verdict: dict[Verdict, list[Claim]] = {}
    for one in answers:
        by_verdict.setdefault(standing[one.submission.pk], []).append(claims[one.submission.claim_id])
    for verdict, rows in by_verdict.items():
        state = _STATES.get(verdict)
        if state is not None:
            unique = {row.pk: row for row in rows}.values()
            move(unique, state, before=_BEFORE[state], actor=case.actor, reason="277CA")


def _standing(answers: Sequence[_Answer]) -> dict[int, Verdict]:
    """What the sources say last of each sending, taken together: last by when they said it, whatever arrived first."""
    requests = {one.submission.request_id for one in answers}
    claims = {one.submission.claim_id for one in answers}
    rows = ClaimEvent.objects.filter(claim__in=claims, source__in=(BY_PAYER, BY_CLEARINGHOUSE, SOURCE))
    rows = rows.annotate(sent_in=Coalesce("request_id", "transaction__request_id")).filter(sent_in__in=requests)
    said: dict[tuple[int, int], dict[str, list[Verdict]]] = {}
    columns = ("claim_id", "sent_in", "source", "title")
    for claim_id, sent_in, source, title in rows.order_by("transaction__said_at", "pk").values_list(*columns):
        said.setdefault((claim_id, sent_in), {}).setdefault(source, []).append(_VERDICTS.get(title, Verdict.UNKNOWN))
    return {
        one.submission.pk: together(map(_last, said[one.submission.claim_id, one.submission.request_id].values()))
        for one in answers
    }


def _last(verdicts: Sequence[Verdict]) -> Verdict:
    """What one source says: its last acceptance or refusal, which no receipt and nothing unknown changes."""
    decided = [one for one in verdicts if one in {Verdict.ACCEPTED, Verdict.REJECTED}]
    return decided[-1] if decided else together(verdicts)


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """A refusal by anybody counts; else the furthest that anybody took it. What is not understood says nothing."""
    found = set(verdicts)
    order = (Verdict.REJECTED, Verdict.ACCEPTED, Verdict.RECEIVED)
    return next((one for one in order if one in found), Verdict.UNKNOWN)


def _keep_numbers(answers: Iterable[_Answer], claims: dict[int, Claim]) -> None:
    """The payer's number of each claim; that of its last decision (835) stays, and so does the payer's own word."""
    changed: dict[int, Claim] = {}
    for one in answers:
        number = one.outcome.claim.payer_control_number[:50] if one.outcome.claim else ""
        claim = claims[one.submission.claim_id]
        may_change = claim.status in _UNDECIDED and one.outcome.by_payer
        if number and number != claim.payer_control_number and (may_change or not claim.payer_control_number):
            claim.payer_control_number = number
            changed[claim.pk] = claim
    Claim.objects.bulk_update(list(changed.values()), ["payer_control_number"], batch_size=500)


def _event(answer: _Answer, written: InboundTransaction, case: Case) -> events.Event:
    statuses = [status for _, status in answer.outcome.statuses]
    words = [f"{code.words}." for status in statuses for code in status.codes]
    texts = [status.text for status in statuses if status.text]
    codes = dict.fromkeys(_composite(code) for status in statuses for code in status.codes)
    return events.event(
        answer.submission.claim_id,
        ClaimEvent.Kind.ANSWER,
        TITLES[answer.verdict],
        actor=case.actor,
        detail="\n".join(dict.fromkeys([*words, *texts])),
        codes=" ".join(codes)[:60],
        source=answer.source,
        request_id=answer.submission.request_id,
        transaction_id=written.pk,
    )


def _composite(code: StatusCode) -> str:
    """The code as STC01 has it; the entity says whose NPI, name or number is meant."""
    return ":".join(part for part in (code.category, code.code, code.entity) if part)


def _summary(answers: Sequence[_Answer]) -> str:
    if not answers:
        return "It answers no claim that was sent from here."
    counts = Counter(one.verdict for one in answers)
    parts = [f"{counts[verdict]} {TITLES[verdict].lower()}" for verdict in TITLES if counts[verdict]]
    return f"{', '.join(parts)}."
