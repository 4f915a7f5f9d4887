"""Questions to the sandbox: eligibility inquiries and claim status inquiries, and what their answers say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

from edi.claims.model import ClaimTransaction
from edi.eligibility.benefits import Benefits, benefits
from edi.eligibility.inquiry import Inquiry, Member, Question, Subscriber
from edi.eligibility.people import Dated, Identity, Provider, Receiver, Trace
from edi.eligibility.reading_answers import read as read_answer
from edi.eligibility.responses import Response, responses_to
from edi.eligibility.writing_inquiries import write as write_inquiries
from edi.inquiries.answer_reading import read as read_status
from edi.inquiries.asking import ask, held
from edi.inquiries.outcomes import Outcome, outcome
from edi.inquiries.request_writing import write as write_requests
from edi.parties import Name
from edi.reading import read
from tests.sandbox.making import ENVELOPE

TODAY: Final = date(2026, 3, 5)
PAYER: Final = Name("PR", "KEYSTONE MUTUAL", id_qualifier="PI", id="KEYM1", is_person=False)
PRACTICE: Final = Receiver(
    Name("1P", "FERNHOLLOW THERAPY PC", id_qualifier="XX", id="1245319599", is_person=False),
    provider=Provider("BI", "PXC", "261QM0801X"),
)
TRACE: Final = Trace("1", "ELIG0001", "1234567890")


def somebody(member: str = "KM1", **facts: Any) -> Identity:
    """The subscriber of the claims that tests send."""
    named: dict[str, Any] = {"birth_date": date(1992, 5, 12), "sex": "F", "dates": (Dated("291", TODAY),)}
    return Identity(Name("IL", "VEGA", "MARISOL", id_qualifier="MI", id=member), **(named | facts))


def child() -> Identity:
    """A child of the subscriber."""
    dates = (Dated("291", TODAY),)
    return Identity(Name("03", "VEGA", "LEO"), birth_date=date(2015, 1, 2), sex="M", relationship="19", dates=dates)


def inquiry(*types: str, identity: Identity | None = None, **changes: Any) -> Inquiry:
    """A question about the subscriber."""
    member = Member(identity or somebody(), (TRACE,), tuple(Question((one,)) for one in types or ("MH", "98", "30")))
    return replace(Inquiry("REQ1", PAYER, PRACTICE, (Subscriber(member),), _moment(TODAY)), **changes)


def for_child(member: str = "KM1") -> Inquiry:
    """A question about a dependent."""
    holder = Member(somebody(member, birth_date=None, sex="", dates=()))
    asked = Subscriber(holder, (Member(child(), (TRACE,), (Question(("MH",)),)),))
    return inquiry(subscribers=(asked,))


def as_270(asked: Inquiry, **envelope: Any) -> bytes:
    """An inquiry as a file."""
    made = replace(ENVELOPE, **envelope)
    return write_inquiries([asked], made, control=9, group_control=9, made_at=_moment(TODAY))


def as_276(sent: ClaimTransaction, number: str, day: date = TODAY) -> bytes:
    """The question about a claim that was sent, under the trace T1."""
    made = ask("Q1", ENVELOPE.submitter, sent, {number: "T1"})
    return write_requests([made], ENVELOPE, control=9, group_control=9, made_at=_moment(day))


def response(content: str) -> Response:
    """The one response of a 271 to our trace."""
    (found,) = responses_to(read_answer(read(content.encode())[0].transactions[0]), TRACE)
    return found


def facts(content: str) -> Benefits:
    """What a 271 says."""
    return benefits(response(content), TODAY)


def meaning(content: str, sent: ClaimTransaction, number: str) -> Outcome:
    """What a 277 says of a claim that was sent."""
    (one,) = (claim for claim in sent.claims if claim.patient_control_number == number)
    return outcome(read_status(read(content.encode())[0].transactions[0]), held(one, "T1"))


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(14, 0))
