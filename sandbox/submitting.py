"""Claims over the API, as Stedi's raw X12 submission takes them: all or nothing of a request, answered at once.

The shapes are ClaimsRawX12Submission of Stedi's own description (https://github.com/Stedi/openApi, healthcare.json).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from edi.acknowledgments import words
from edi.claims.checks.outside import check_interchange
from edi.claims.problems import Problem
from edi.claims.reading import read_parts
from edi.errors import UnreadableError
from edi.interchanges import Interchange
from edi.reading import read
from sandbox.acknowledging import acknowledge, is_syntax
from sandbox.deciding import Arrival
from sandbox.dooming import note_for, problems_for
from sandbox.envelopes import back_to
from sandbox.gate import ACCEPTED, refusal
from sandbox.hearing import Said, hear
from sandbox.intake import alone
from sandbox.journal import OUTBOUND
from sandbox.releasing import release
from sandbox.verdicts import Verdict
from sandbox.work import Work, over_api

EDIT: Final = "33"
CORRECT: Final = "Please Correct and Resubmit"
LISTED: Final = 10
"""How many faults of syntax one refusal names."""

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a request is answered with."""

    status: HTTPStatus
    body: Body


@dataclass(frozen=True, slots=True)
class Arrived:
    """An interchange that may come in, with what is wrong in each of its groups."""

    interchange: Interchange
    made_at: datetime
    groups: tuple[tuple[Interchange, list[Problem]], ...]


def submit(work: Work, login: str, content: bytes) -> Receipt:
    """Take claims in and answer for the clearinghouse; the payer's answers go into the login's stream."""
    try:
        interchanges = read(content)
    except UnreadableError as error:
        return turned_away("UNREADABLE", error.reason)
    arrived = []
    for interchange in interchanges:
        looked = _look(work, interchange)
        if isinstance(looked, Receipt):
            return looked
        arrived.append(looked)
    said = [one for each in arrived for one in _take(work, login, each, content)]
    return _receipt(interchanges[0], said) if said else turned_away("INVALID_X12", "The file holds no claim.")


def turned_away(code: str, message: str) -> Receipt:
    """Nothing was taken in."""
    return Receipt(HTTPStatus.BAD_REQUEST, {"message": message, "code": code})


def _look(work: Work, interchange: Interchange) -> Arrived | Receipt:
    """An interchange before anything of it counts: its envelope, then its syntax."""
    note = refusal(interchange, work.scenario.receiver)
    if note == ACCEPTED:
        note = note_for(work.scenario, interchange) or note
    if note != ACCEPTED or interchange.made_at is None:
        return turned_away(f"TA1_{note}", words.note(note))
    groups = []
    for group in interchange.groups:
        single = alone(interchange, group)
        problems = [*check_interchange(single), *problems_for(work.scenario, single)]
        if acknowledge(group, problems).status != "A":
            faults = [problem.words for problem in problems if is_syntax(problem)]
            return turned_away("INVALID_X12", " ".join(faults[:LISTED]) or "The file is not an 837P.")
        groups.append((single, problems))
    return Arrived(interchange, interchange.made_at, tuple(groups))


def _take(work: Work, login: str, arrived: Arrived, content: bytes) -> list[Said]:
    """Let an interchange in: its claims are decided and, where the scenario does not hold payments back, paid."""
    arrival = Arrival(over_api(login), arrived.made_at, back_to(arrived.interchange, work.scenario.receiver))
    work.store.advance(arrival.day)
    release(work)
    work.journal.add(login, OUTBOUND, content)
    said = [
        one
        for single, problems in arrived.groups
        for transaction in single.transactions
        for one in hear(work, arrival, single, read_parts(transaction), _about(problems, transaction.control))
    ]
    release(work)
    return said


def _about(problems: Sequence[Problem], control: str) -> list[Problem]:
    return [problem for problem in problems if problem.transaction in {"", control}]


def _receipt(interchange: Interchange, said: Sequence[Said]) -> Receipt:
    """200 when a claim went on to the payer, 400 when edits refused every one; both with the 277CA."""
    verdicts = [verdict for one in said for verdict in one.heard.verdicts]
    errors = [_error(verdict) for verdict in verdicts if verdict.by_edit]
    fine = len(errors) < len(verdicts)
    status = HTTPStatus.OK if fine else HTTPStatus.BAD_REQUEST
    body: Body = {
        "status": "SUCCESS" if fine else "ERROR",
        "httpStatusCode": "200 OK" if fine else "400 BAD_REQUEST",
        "controlNumber": interchange.control,
        "meta": {"traceId": f"sandbox-{interchange.control}"},
        **_named(interchange, said),
        "x12": "".join(one.receipt.decode("utf-8") for one in said),
    }
    return Receipt(status, body | ({"errors": errors} if errors else {}))


def _named(interchange: Interchange, said: Sequence[Said]) -> Body:
    """The first claim and its payer."""
    first = said[0].heard
    claim, payer = first.verdicts[0].claim, first.part.payer
    number = f"sandbox-{interchange.control}-{claim.patient_control_number}"
    made_at = interchange.made_at.isoformat(timespec="milliseconds") if interchange.made_at else ""
    reference = {
        **dict.fromkeys(("correlationId", "customerClaimNumber", "rhclaimNumber"), number),
        "formatVersion": "5010",
        "patientControlNumber": claim.patient_control_number,
        "payerId": payer.id,
        "serviceLines": [{"lineItemControlNumber": line.reference} for line in claim.lines],
        "timeOfResponse": f"{made_at}Z",
    }
    named = {"payerId": payer.id, "payerName": payer.name}
    return {"tradingPartnerServiceId": payer.id, "claimReference": reference, "payer": named}


def _error(verdict: Verdict) -> Body:
    """A claim that an edit refused."""
    why = verdict.rejection.words if verdict.rejection else ""
    location = f"CLM01:{verdict.claim.patient_control_number}"
    return {"code": EDIT, "description": why, "followupAction": CORRECT, "location": location}
