"""Status inquiries and answers, made by hand and at random, for tests to write, change and read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from edi.inquiries import answer_reading, answer_writing, request_reading, request_writing
from edi.inquiries.answers import (
    ClaimAnswer,
    DependentAnswer,
    LineAnswer,
    PayerAnswer,
    ProviderAnswer,
    ReceiverAnswer,
    StatusAnswer,
    SubscriberAnswer,
)
from edi.inquiries.outcomes import Held, Outcome, outcome
from edi.inquiries.requests import (
    ClaimAsked,
    DependentAsked,
    LineAsked,
    PayerAsked,
    ProviderAsked,
    ReceiverAsked,
    StatusRequest,
    SubscriberAsked,
)
from edi.parties import Contact, Name, Reference
from edi.reading import read as read_file
from edi.statuses.stc import Status, StatusCode
from tests.edi.making import ENVELOPE, MADE_AT

DAY: Final = date(2026, 11, 2)
LATER: Final = date(2026, 11, 9)
TODAY: Final = date(2026, 11, 23)
PAYER: Final = Name("PR", "EXAMPLE HEALTH PLAN", id_qualifier="PI", id="60054", is_person=False)
RECEIVER: Final = Name("41", "LAKE COUNSELING LLC", id_qualifier="46", id="CASELOAD", is_person=False)
PROVIDER: Final = Name("1P", "LAKE COUNSELING LLC", id_qualifier="XX", id="1234567893", is_person=False)
SUBSCRIBER: Final = Name("IL", "SMITH", "JANE", "Q", id_qualifier="MI", id="W123456789")
DEPENDENT: Final = Name("QC", "SMITH", "TOM")
HELD: Final = Held("T1", "PCN1", Decimal(300), DAY, LATER)


def asked(*claims: ClaimAsked, dependents: tuple[DependentAsked, ...] = ()) -> StatusRequest:
    """A request about claims of a subscriber, and in a level of their own about those of dependents."""
    own = (SubscriberAsked(SUBSCRIBER, date(1985, 4, 12), "F", claims),) if claims else ()
    theirs = (SubscriberAsked(SUBSCRIBER, dependents=dependents),) if dependents else ()
    receiver = ReceiverAsked(RECEIVER, (ProviderAsked(PROVIDER, (*own, *theirs)),))
    return StatusRequest("Q1", TODAY, (PayerAsked(PAYER, (receiver,)),))


def answered(
    *claims: ClaimAnswer,
    dependents: tuple[DependentAnswer, ...] = (),
    receiver: tuple[Status, ...] = (),
    provider: tuple[Status, ...] = (),
) -> StatusAnswer:
    """An answer with claims of a subscriber, and in a level of their own those of dependents."""
    own = (SubscriberAnswer(SUBSCRIBER, claims),) if claims else ()
    theirs = (SubscriberAnswer(SUBSCRIBER, dependents=dependents),) if dependents else ()
    one = ProviderAnswer(PROVIDER, "0" if provider else "", provider, (*own, *theirs))
    receivers = (ReceiverAnswer(RECEIVER, "Q1" if receiver else "", receiver, (one,)),)
    contact = Contact("IC", "PROVIDER SERVICE", (("TE", "6085550100"),))
    return StatusAnswer("A1", TODAY, (PayerAnswer(PAYER, contact, (), receivers),))


def said(*codes: str, charge: str = "300", paid: str | None = None, **more: object) -> Status:
    """A status: said("F1:65", paid="200")."""
    made = tuple(StatusCode(*code.split(":")) for code in codes)
    money = None if paid is None else Decimal(paid)
    return replace(Status(made, TODAY, amount=Decimal(charge), paid=money), **more)  # type: ignore[arg-type]


def claim(*statuses: Status, number: str = "PCN1", **more: object) -> ClaimAnswer:
    """What the payer says of a claim under our trace."""
    references = (Reference("1K", "ICN1"), *((Reference("EJ", number),) if number else ()))
    return replace(ClaimAnswer("T1", statuses, references, DAY, LATER), **more)  # type: ignore[arg-type]


def line(*codes: str, **more: object) -> LineAnswer:
    """What the payer says of one service."""
    statuses = (replace(said(*codes), amount=None),)
    money = (Decimal(150), Decimal(0), "", Decimal(1))
    made = LineAnswer("HC", "90834", ("95",), *money, statuses, (Reference("FJ", "L1"),), DAY, DAY)
    return replace(made, **more)  # type: ignore[arg-type]


def decided(
    *claims: ClaimAnswer, held: Held = HELD, receiver: tuple[Status, ...] = (), provider: tuple[Status, ...] = ()
) -> Outcome:
    """What an answer of these claims means, once it was written and read."""
    return outcome(answers_in(answer_bytes(answered(*claims, receiver=receiver, provider=provider)))[0], held)


def request_bytes(*requests: StatusRequest) -> bytes:
    """The requests as a file."""
    return request_writing.write(requests, ENVELOPE, control=1, group_control=1, made_at=MADE_AT)


def answer_bytes(*answers: StatusAnswer) -> bytes:
    """The answers as a file."""
    return answer_writing.write(answers, ENVELOPE, control=1, group_control=1, made_at=MADE_AT)


def requests_in(content: bytes) -> list[StatusRequest]:
    """Every request of a file."""
    return [request_reading.read(one) for found in read_file(content) for one in found.transactions]


def answers_in(content: bytes) -> list[StatusAnswer]:
    """Every answer of a file."""
    return [answer_reading.read(one) for found in read_file(content) for one in found.transactions]


amounts = st.integers(0, 9_999_999).map(lambda cents: Decimal(cents) / 100)
numbers = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=1, max_size=17)
texts = st.sampled_from(["", "A1"])
modifiers = st.sampled_from([(), ("95",), ("95", "HO")])
last_days = st.sampled_from([DAY, LATER])

lines_asked = st.builds(
    LineAsked,
    st.sampled_from(["90834", "90837"]),
    amounts,
    st.sampled_from([Decimal(1), Decimal("1.5")]),
    st.just(DAY),
    last_days,
    modifiers,
    texts,
)


def requests_of(lines: int) -> st.SearchStrategy[StatusRequest]:
    """Requests whose claims have at most so many lines."""
    claims = st.builds(
        ClaimAsked,
        numbers,
        numbers,
        st.none() | amounts,
        st.just(DAY),
        last_days,
        texts,
        st.sampled_from(["", "111"]),
        texts,
        texts,
        texts,
        st.lists(lines_asked, max_size=lines).map(tuple),
    )
    some = st.lists(claims, min_size=1, max_size=3).map(tuple)
    sexes = st.sampled_from(["", "F", "M"])
    dependents = st.builds(DependentAsked, st.just(DEPENDENT), st.just(date(2012, 5, 1)), sexes, some)
    return st.builds(lambda own, theirs: asked(*own, dependents=tuple(theirs)), some, st.lists(dependents, max_size=2))


codes = st.builds(
    StatusCode,
    st.sampled_from(["A1", "A4", "D0", "P1", "R4", "F0", "F1", "F2", "F4", "E1", "ZZ"]),
    st.sampled_from(["20", "35", "65", "9999"]),
    st.sampled_from(["", "QC"]),
    st.sampled_from(["", "RX"]),
)
some_codes = st.lists(codes, min_size=1, max_size=3).map(tuple)
statuses = st.builds(
    Status,
    some_codes,
    st.just(TODAY),
    st.just(""),
    st.none() | st.just(Decimal(300)),
    st.just(""),
    st.none() | amounts,
    st.none() | st.just(DAY),
    st.none() | st.just(LATER),
    st.sampled_from(["", "EFT1"]),
)
some_statuses = st.lists(statuses, min_size=1, max_size=2).map(tuple)
line_answers = st.builds(
    LineAnswer,
    st.just("HC"),
    st.sampled_from(["90834", "90837"]),
    modifiers,
    amounts,
    amounts,
    st.sampled_from(["", "0914"]),
    st.just(Decimal(1)),
    some_statuses,
    st.sampled_from([(), (Reference("FJ", "L1"),)]),
    st.just(DAY),
    last_days,
)


def answers_of(lines: int) -> st.SearchStrategy[StatusAnswer]:
    """Answers whose claims have at most so many lines."""
    numbered = (Reference("1K", "ICN1"), Reference("EJ", "PCN1"))
    claims = st.builds(
        ClaimAnswer,
        st.sampled_from(["T1", "T2"]),
        some_statuses,
        st.sampled_from([(), (Reference("1K", "ICN1"),), numbered]),
        st.just(DAY),
        last_days,
        st.lists(line_answers, max_size=lines).map(tuple),
    )
    some = st.lists(claims, min_size=1, max_size=3).map(tuple)
    refusals = st.just(()) | some_statuses
    return st.builds(_answered, st.lists(claims, max_size=3), st.lists(some, max_size=2), refusals, refusals)


def _answered(
    own: list[ClaimAnswer],
    theirs: list[tuple[ClaimAnswer, ...]],
    receiver: tuple[Status, ...],
    provider: tuple[Status, ...],
) -> StatusAnswer:
    dependents = tuple(DependentAnswer(DEPENDENT, one) for one in theirs)
    return answered(*own, dependents=dependents, receiver=receiver, provider=provider)
