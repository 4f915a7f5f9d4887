"""Questions that are answered while the asker waits: 270 with 271, 276 with 277, and with a 999 what cannot be read.

The shapes are EligibilityRawX12Check and ClaimStatusRawX12 of Stedi's own description.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Final

from edi.acknowledgments import words
from edi.acknowledgments import writing as acknowledgments
from edi.claims.problems import Problem
from edi.command.answers import by_defects
from edi.eligibility import reading_inquiries, writing_answers
from edi.eligibility.answer import Answer
from edi.eligibility.rejection import Rejection
from edi.envelope import Envelope
from edi.errors import UnreadableError, X12Error
from edi.inquiries import answer_writing, request_reading
from edi.inquiries.answers import StatusAnswer
from edi.inquiries.walking import VERSION as STATUS_VERSION
from edi.interchanges import Group, Interchange, Transaction
from edi.reading import read
from sandbox.acknowledging import ENVELOPE, acknowledge
from sandbox.envelopes import back_to
from sandbox.fates import Fates
from sandbox.gate import ACCEPTED, refusal
from sandbox.submitting import CORRECT, Body, Receipt
from sandbox.telling import Teller
from sandbox.verifying import Desk, answer
from sandbox.work import Work


class Kind(StrEnum):
    """What can be asked, by the set that asks."""

    ELIGIBILITY = "270"
    CLAIM_STATUS = "276"


UNREADABLE: Final = "71"
AAA: Final = "AAA"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that may come in: its one transaction, its envelope, and how an answer goes back."""

    interchange: Interchange
    made_at: datetime
    envelope: Envelope
    control: int

    @property
    def group(self) -> Group:
        """Its one group."""
        return self.interchange.groups[0]

    @property
    def sent(self) -> Transaction:
        """Its one transaction."""
        return self.group.transactions[0]

    @property
    def day(self) -> date:
        """When it is asked."""
        return self.made_at.date()


def ask(work: Work, kind: Kind, content: bytes) -> Receipt:
    """The answer to a question."""
    asked = _let_in(work, content)
    if isinstance(asked, Receipt):
        return asked
    reader, version, answered = _ANSWERS[kind]
    problems = _problems(asked, kind, reader)
    return _refused(asked, problems, version) if problems else answered(work, asked)


def _eligibility(work: Work, asked: Asked) -> Receipt:
    """A 271 for a 270."""
    inquiry = reading_inquiries.read(asked.sent)
    told = answer(inquiry, Desk(work.scenario, work.books.deductible_met, asked.day))
    payer = inquiry.payer.id if inquiry.payer else ""
    return _written(asked, payer, _errors(told), lambda: _as_271(asked, told), writing_answers.VERSION)


def _claim_status(work: Work, asked: Asked) -> Receipt:
    """A 277 for a 276."""
    request = request_reading.read(asked.sent)
    payer = next((one.name.id for one in request.payers if one.name), "")
    told = Teller(work.scenario, Fates(work.store), asked.day).answer(request, f"SBS{asked.control:09}")
    return _written(asked, payer, [], lambda: _as_277(asked, told), STATUS_VERSION)


def _let_in(work: Work, content: bytes) -> Asked | Receipt:
    """One question, or what stands in its way."""
    try:
        interchanges = read(content)
    except UnreadableError as error:
        return _unreadable(error.reason)
    interchange = interchanges[0]
    note = refusal(interchange, work.scenario.receiver)
    if note != ACCEPTED or interchange.made_at is None:
        return _unreadable(words.note(note))
    if len(interchanges) > 1 or len(interchange.transactions) != 1 or len(interchange.groups) != 1:
        return _unreadable("A question is one transaction in one interchange.")
    envelope = back_to(interchange, work.scenario.receiver)
    return Asked(interchange, interchange.made_at, envelope, work.store.next_number("interchange"))


def _problems(asked: Asked, set_id: str, reader: Callable[[Transaction], Any]) -> list[Problem]:
    """What a 999 refuses the question for."""
    if asked.sent.set_id != set_id:
        words_ = f"Transaction {asked.sent.control} is a {asked.sent.set_id}, not a {set_id}."
        return [Problem(1, "", "", "ST01", "version", words_, asked.sent.control, 1)]
    return [*_envelopes(asked.interchange), *_grave(asked.sent, reader)]


def _envelopes(interchange: Interchange) -> Iterator[Problem]:
    for defect in interchange.defects:
        yield Problem(1, "", "", defect.code, ENVELOPE, defect.words, defect.transaction, defect.segment or None)


def _grave(sent: Transaction, reader: Callable[[Transaction], Any]) -> Iterator[Problem]:
    return (one for one in by_defects(sent, reader(sent)) if not one.warning)


def _unreadable(reason: str) -> Receipt:
    """What is not even looked at."""
    error = {"code": UNREADABLE, "description": reason, "followupAction": CORRECT}
    return Receipt(HTTPStatus.BAD_REQUEST, {"status": "ERROR", "message": reason, "errors": [error]})


def _refused(asked: Asked, problems: list[Problem], version: str) -> Receipt:
    """A 999."""
    said = acknowledge(asked.group, problems, version)
    number = asked.control
    content = acknowledgments.write([said], asked.envelope, control=number, group_control=number, made_at=asked.made_at)
    code = next((one for answered in said.sets for one in answered.codes), "5")
    body = _meta(asked, content)
    syntax = {"transactionSetAcknowledgement": "R", "implementationTransactionSetSyntaxError": code}
    return Receipt(HTTPStatus.OK, {"status": "ERROR", **syntax, **body})


def _written(asked: Asked, payer: str, errors: list[Body], write: Callable[[], bytes], version: str) -> Receipt:
    """The answer; where it cannot be written because the question lacks something, a 999."""
    try:
        content = write()
    except X12Error as error:
        problem = Problem(2, "", "", "ST", "missing", str(error), asked.sent.control, 1)
        return _refused(asked, [problem], version)
    body = {**_meta(asked, content), "tradingPartnerServiceId": payer}
    return Receipt(HTTPStatus.OK, body | ({"errors": errors} if errors else {}))


def _as_271(asked: Asked, told: Answer) -> bytes:
    return writing_answers.write(
        [told], asked.envelope, control=asked.control, group_control=asked.control, made_at=asked.made_at
    )


def _as_277(asked: Asked, told: StatusAnswer) -> bytes:
    number = asked.control
    return answer_writing.write([told], asked.envelope, control=number, group_control=number, made_at=asked.made_at)


def _meta(asked: Asked, content: bytes) -> Body:
    trace = {"traceId": f"sandbox-{asked.control}", "applicationMode": "sandbox"}
    return {"controlNumber": f"{asked.control:09}", "meta": trace, "x12": content.decode("utf-8")}


def _errors(told: Answer) -> list[Body]:
    """Every AAA of an answer."""
    return [
        {
            "field": AAA,
            "code": one.reason,
            "description": one.words,
            "followupAction": one.action,
            "location": one.level,
        }
        for one in _rejections(told)
    ]


def _rejections(told: Answer) -> Iterator[Rejection]:
    for payer in told.payers:
        yield from payer.rejections
        for receiver in payer.receivers:
            yield from receiver.rejections
            for subscriber in receiver.subscribers:
                for member in (subscriber.member, *subscriber.dependents):
                    yield from member.rejections


_ANSWERS: Final = {
    Kind.ELIGIBILITY: (reading_inquiries.read, writing_answers.VERSION, _eligibility),
    Kind.CLAIM_STATUS: (request_reading.read, STATUS_VERSION, _claim_status),
}
"""How each is read, the version of its answer, and what answers it."""
