"""Random inquiries and answers in clean data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from edi.eligibility.answer import Answer, MemberAnswer, PayerAnswer, ReceiverAnswer, SubscriberAnswer
from edi.eligibility.benefit import Benefit, Delivery, Detail, Entity
from edi.eligibility.inquiry import Inquiry, Member, Question, Subscriber
from edi.eligibility.people import Dated, Identity, Provider, Receiver, Trace
from edi.eligibility.rejection import Level, Rejection
from edi.parties import Address, Contact, Name, Reference
from tests.edi.eligibility.making import MADE_AT

words = st.from_regex(r"[A-Z0-9]([A-Z0-9 .'/-]{0,14}[A-Z0-9])?", fullmatch=True)
maybe = st.just("") | words
codes = st.from_regex(r"[A-Z0-9]{1,3}", fullmatch=True)
days = st.dates(date(1930, 1, 1), date(2050, 12, 31))
cents = st.none() | st.integers(-99_999_99, 99_999_99).map(lambda value: Decimal(value) / 100)


def few(one: st.SearchStrategy[object], least: int = 0) -> st.SearchStrategy[tuple[object, ...]]:
    """Up to three of something."""
    return st.lists(one, min_size=least, max_size=3).map(tuple)


def names(*roles: str) -> st.SearchStrategy[Name]:
    """A person or an organization."""
    person = st.builds(Name, st.sampled_from(roles), words, maybe, maybe, maybe, st.just("MI"), words)
    firm = st.builds(
        lambda role, last, number: Name(role, last, id_qualifier="PI", id=number, is_person=False),
        st.sampled_from(roles),
        words,
        words,
    )
    return person | firm


addresses = st.none() | st.builds(Address, words, maybe, words, codes, words)
providers = st.none() | st.builds(Provider, codes, st.just("PXC"), words)
references = few(st.builds(Reference, codes, words))
traces = few(st.builds(Trace, st.sampled_from("12"), words, st.from_regex(r"[19][0-9]{9}", fullmatch=True), maybe))
dates = few(
    st.builds(Dated, st.sampled_from(["291", "307", "346"]), days)
    | st.builds(lambda a, b: Dated("291", min(a, b), max(a, b)), days, days)
)
receivers = st.builds(Receiver, names("1P"), references, addresses, providers)


def identities(role: str) -> st.SearchStrategy[Identity]:
    """A subscriber or a dependent."""
    return st.builds(
        Identity,
        names(role),
        references,
        addresses,
        providers,
        st.none() | days,
        st.sampled_from(["", "F", "M", "U"]),
        st.sampled_from(["", "18", "01", "19"]),
        st.booleans(),
        st.sampled_from(["", "2"]),
        dates,
    )


questions = st.builds(
    Question, few(codes, 1), st.sampled_from([(), ("HC", "90837", "95")]), st.sampled_from(["", "IND"]), maybe
)
places = questions.flatmap(
    lambda one: st.builds(
        Question,
        st.just(one.service_types),
        st.just(one.procedure),
        st.just(one.coverage_level),
        st.sampled_from(["", "02"]),
        st.none() | st.builds(Reference, st.just("9F"), words),
        dates,
    )
)
subscribers = st.builds(
    Subscriber,
    st.builds(Member, identities("IL"), traces, few(places, 1)),
    few(st.builds(Member, identities("03"), traces, few(places))),
)
inquiries = st.builds(
    Inquiry,
    words,
    names("PR"),
    receivers,
    few(subscribers, 1),
    st.just(MADE_AT),
    st.just("13"),
    st.booleans(),
)


def rejections(*levels: Level) -> st.SearchStrategy[tuple[object, ...]]:
    """AAA segments of a level."""
    made = st.builds(Rejection, st.sampled_from(levels), st.sampled_from(["42", "72", "75"]), codes, st.booleans())
    return few(made).map(lambda found: tuple(sorted(found, key=lambda one: one.level is not Level.REQUEST)))  # type: ignore[attr-defined]


ways = few(st.tuples(st.sampled_from(["TE", "EM", "UR"]), words))
contacts = few(st.builds(Contact, st.just("IC"), maybe, ways))
benefits = st.builds(
    Benefit,
    codes,
    st.sampled_from(["", "IND", "FAM"]),
    few(codes),
    maybe,
    maybe,
    st.sampled_from(["", "23", "29"]),
    cents,
    st.none() | st.integers(0, 10_000).map(lambda value: Decimal(value) / 10_000),
    st.sampled_from(["", "VS"]),
    cents,
    st.sampled_from(["", "Y", "N", "U"]),
    st.sampled_from(["", "Y", "N", "U", "W"]),
    st.sampled_from([(), ("HC", "90837"), ("HC", "90834", "95")]),
    st.sampled_from([(), ("1",), ("1", "2")]),
    few(st.builds(Delivery, st.just("VS"), cents, codes, cents, st.just("23"), cents, codes, codes)),
    references,
    dates,
    rejections(Level.BENEFIT),
    few(words),
    few(st.builds(Detail, st.just("ZZ"), codes, maybe, maybe)),
    few(st.builds(Entity, names("PR", "P3"), addresses, contacts, providers)),
)


def people(role: str, level: Level) -> st.SearchStrategy[MemberAnswer]:
    """A person answered about."""
    return st.builds(MemberAnswer, identities(role), traces, rejections(level), few(benefits))


payers = st.builds(
    PayerAnswer,
    names("PR"),
    contacts,
    rejections(Level.REQUEST, Level.PAYER),
    few(
        st.builds(
            ReceiverAnswer,
            receivers,
            rejections(Level.RECEIVER),
            few(st.builds(SubscriberAnswer, people("IL", Level.SUBSCRIBER), few(people("03", Level.DEPENDENT)))),
        )
    ),
)
answers = st.builds(Answer, words, few(payers), st.just(MADE_AT))
