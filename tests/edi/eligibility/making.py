"""Inquiries and answers that are right in every respect, for tests to change one thing of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from edi.eligibility.answer import Answer, MemberAnswer, PayerAnswer, ReceiverAnswer, SubscriberAnswer
from edi.eligibility.benefit import Benefit, Delivery, Detail, Entity
from edi.eligibility.benefits import Benefits, benefits
from edi.eligibility.inquiry import Inquiry, Member, Question, Subscriber
from edi.eligibility.people import Dated, Identity, Provider, Receiver, Trace
from edi.eligibility.reading_answers import read as read_answer
from edi.eligibility.reading_inquiries import read as read_inquiry
from edi.eligibility.rejection import Rejection
from edi.eligibility.responses import Response, responses
from edi.eligibility.writing_answers import write as write_answers
from edi.eligibility.writing_inquiries import write as write_inquiries
from edi.envelope import Envelope
from edi.parties import Address, Contact, Name
from edi.reading import read as read_file

SAMPLES: Final = Path(__file__).parent.parent / "samples"
MADE_AT: Final = datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001 - an envelope has local time without a zone
ENVELOPE: Final = Envelope(sender="CASELOAD", receiver="CLEARINGHOUSE", usage="T")
DAY: Final = date(2026, 11, 23)
PAYER: Final = Name("PR", "EXAMPLE HEALTH PLAN", id_qualifier="PI", id="60054", is_person=False)
PRACTICE: Final = Receiver(
    Name("1P", "LAKE COUNSELING LLC", id_qualifier="XX", id="1234567893", is_person=False),
    provider=Provider("BI", "PXC", "261QM0801X"),
)
SOLO: Final = Receiver(Name("1P", "CHEN", "CHARLIE", id_qualifier="XX", id="1245319599"))
HOME: Final = Address("12 OAK ST", "", "MADISON", "WI", "53703")
TRACE: Final = Trace("1", "ELIG0001", "1391234567")
ECHO: Final = replace(TRACE, kind="2")
TODAY: Final = (Dated("291", DAY),)
JANE: Final = Identity(
    Name("IL", "SMITH", "JANE", "Q", id_qualifier="MI", id="W123456789"), birth_date=date(1985, 4, 12), sex="F"
)
TOM: Final = Identity(Name("03", "SMITH", "TOM"), birth_date=date(2012, 5, 1), sex="M", relationship="19")
THERAPY: Final = tuple(Question((code,)) for code in ("MH", "98", "30"))
OPTUM: Final = Entity(
    Name("PR", "MIND HEALTH", id_qualifier="PI", id="87726", is_person=False),
    HOME,
    (Contact("IC", "PROVIDER LINE", (("TE", "8005550100"),)),),
)


def inquiry(*subscribers: Subscriber, **changes: object) -> Inquiry:
    """One client, who holds the coverage."""
    asked = Subscriber(Member(replace(JANE, dates=TODAY), (TRACE,), THERAPY))
    made = Inquiry("REQ1", PAYER, PRACTICE, subscribers or (asked,), MADE_AT)
    return replace(made, **changes)  # type: ignore[arg-type]


def for_child() -> Subscriber:
    """A child of the subscriber."""
    holder = replace(JANE, name=Name("IL", "SMITH", id_qualifier="MI", id="W123456789"), birth_date=None, sex="")
    return Subscriber(Member(holder), (Member(replace(TOM, dates=TODAY), (TRACE,), THERAPY),))


def row(information: str, *service_types: str, **changes: object) -> Benefit:
    """A benefit."""
    return replace(Benefit(information, service_types=service_types), **changes)  # type: ignore[arg-type]


def dollars(information: str, amount: str, *service_types: str, **changes: object) -> Benefit:
    """A benefit with an amount, in network."""
    return replace(row(information, *service_types, network="Y", amount=Decimal(amount)), **changes)  # type: ignore[arg-type]


def percent(share: str, *service_types: str, **changes: object) -> Benefit:
    """A coinsurance, in network."""
    return replace(row("A", *service_types, network="Y", share=Decimal(share)), **changes)  # type: ignore[arg-type]


FULL: Final = (
    row("1", "30", insurance_type="PR", plan="GOLD PPO", dates=(Dated("346", date(2026, 1, 1)),)),
    row("1", "MH", "98"),
    dollars("B", "25", "MH", period="27", details=(Detail("ZZ", "11"),)),
    percent("0.2", "A6", authorization="N"),
    dollars("C", "1500", "30", coverage_level="IND", period="23"),
    dollars("C", "420.75", "30", coverage_level="IND", period="29"),
    dollars("C", "3000", "30", coverage_level="FAM", period="23"),
    dollars("G", "6000", "30", coverage_level="IND", period="23"),
    row("F", "MH", network="Y", deliveries=(Delivery("VS", Decimal(30), "", None, "21", Decimal(1)),)),
    row("U", "MH", messages=("CALL FOR MENTAL HEALTH BENEFITS",), entities=(OPTUM,)),
)


def answer_of(*told: MemberAnswer, rejections: tuple[Rejection, ...] = (), **changes: object) -> Answer:
    """An answer on subscribers."""
    people = tuple(SubscriberAnswer(one) for one in told)
    payer = PayerAnswer(PAYER, (), rejections, (ReceiverAnswer(PRACTICE, (), people),))
    return replace(Answer("ANS1", (payer,), MADE_AT), **changes)  # type: ignore[arg-type]


def told(*rows: Benefit, **changes: object) -> MemberAnswer:
    """What is said about Jane."""
    return replace(MemberAnswer(JANE, (ECHO,), (), rows), **changes)  # type: ignore[arg-type]


def response_of(*rows: Benefit, **changes: object) -> Response:
    """The one response of an answer about Jane."""
    (found,) = responses(answer_of(told(*rows, **changes)))
    return found


def facts(*rows: Benefit, on: date | None = None) -> Benefits:
    """What the benefits of Jane come to."""
    return benefits(response_of(*rows), on)


def asked_bytes(*inquiries: Inquiry, envelope: Envelope = ENVELOPE) -> bytes:
    """Inquiries as a file."""
    return write_inquiries(inquiries, envelope, control=1, group_control=1, made_at=MADE_AT)


def told_bytes(*answers: Answer, envelope: Envelope = ENVELOPE) -> bytes:
    """Answers as a file."""
    return write_answers(answers, envelope, control=1, group_control=1, made_at=MADE_AT)


def inquiries_in(content: bytes) -> list[Inquiry]:
    """Every inquiry of a file."""
    return [read_inquiry(one) for interchange in read_file(content) for one in interchange.transactions]


def answers_in(content: bytes) -> list[Answer]:
    """Every answer of a file."""
    return [read_answer(one) for interchange in read_file(content) for one in interchange.transactions]


def answer_from(*lines: str) -> Answer:
    """An answer about Jane with these segments behind her name."""
    content = told_bytes(answer_of(told())).decode()
    head, tail = content.split("~SE*", 1)
    (found,) = answers_in("~".join([head, *lines, f"SE*{tail}"]).encode())
    return found
