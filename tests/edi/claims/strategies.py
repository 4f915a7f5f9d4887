"""Any claim that an 837P can carry without loss: text is clean already, places differ only where they say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from edi.characters import ALLOWED, clean
from edi.claims.model import (
    Accident,
    Address,
    Adjustment,
    BillingProvider,
    Claim,
    ClaimFile,
    ClaimTransaction,
    Facility,
    Line,
    LineDecision,
    Organization,
    OtherCoverage,
    OtherSubscriber,
    Patient,
    Payer,
    Person,
    Provider,
    Subscriber,
)
from edi.delimiters import Delimiters
from edi.envelope import Envelope, Receiver, Submitter
from tests.edi.making import MADE_AT


def texts(longest: int = 12, alphabet: str = ALLOWED) -> st.SearchStrategy[str]:
    """Clean text, not empty."""
    return st.text(alphabet, min_size=1, max_size=longest).map(clean).filter(bool)


def maybe(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Text or nothing."""
    return st.just("") | values


DIGITS = "0123456789"
CODES = texts(5, "ABC0123456789")
AMOUNTS = st.decimals(Decimal(0), Decimal(99999), places=2, allow_nan=False)
DAYS = st.dates(date(1930, 1, 1), date(2026, 11, 1))
PERSONS = st.builds(Person, texts(), texts(), maybe(texts()), maybe(texts()))
NAMES = PERSONS | st.builds(Organization, texts())
ADDRESSES = st.builds(Address, texts(), maybe(texts()), texts(), st.sampled_from(["WI", "CA"]), texts(9, DIGITS))
PROVIDERS = st.builds(Provider, PERSONS, texts(10, DIGITS), maybe(texts(10, "ABC0123456789")))
PAYERS = st.builds(Payer, texts(), texts(), st.sampled_from(["PI", "XV"]), st.none() | ADDRESSES)
SEX = st.sampled_from("FMU")
REASONS = st.builds(Adjustment, st.sampled_from(["CO", "PR"]), CODES, AMOUNTS, st.none() | st.just(Decimal(2)))
ADJUSTMENTS = st.lists(REASONS, max_size=9).map(lambda found: tuple(sorted(found, key=lambda reason: reason.group)))

DECISIONS = st.builds(
    LineDecision,
    payer_id=texts(),
    paid=AMOUNTS,
    code=CODES,
    units=st.just(Decimal(1)),
    decided_on=DAYS,
    modifiers=st.lists(CODES, max_size=4).map(tuple),
    adjustments=ADJUSTMENTS,
    patient_owes=st.none() | AMOUNTS,
    bundled_into=st.none() | st.integers(1, 50),
)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A service line."""
    first = draw(DAYS)
    return Line(
        reference=draw(maybe(texts())),
        code=draw(CODES),
        amount=draw(AMOUNTS),
        units=draw(st.sampled_from([Decimal(1), Decimal("2.5")])),
        pointers=draw(st.lists(st.integers(1, 12), min_size=1, max_size=4).map(tuple)),
        service_date=first,
        modifiers=draw(st.lists(CODES, max_size=4).map(tuple)),
        ends_on=draw(st.none() | st.dates(first, date(2026, 11, 2)).filter(lambda last: last != first)),
        place=draw(st.sampled_from(["", "02"])),
        description=draw(maybe(texts())),
        note=draw(maybe(texts())),
        prior_authorization=draw(maybe(texts())),
        rendering=draw(st.none() | PROVIDERS),
        decisions=tuple(draw(st.lists(DECISIONS, max_size=2))),
    )


COVERAGES = st.builds(
    OtherCoverage,
    responsibility=st.sampled_from("PST"),
    relationship=st.sampled_from(["18", "01"]),
    filing_indicator=st.sampled_from(["CI", "MB"]),
    subscriber=st.builds(OtherSubscriber, NAMES, texts(), address=st.none() | ADDRESSES),
    payer=PAYERS,
    group_number=maybe(texts()),
    medicare_type=maybe(CODES),
    paid=st.none() | AMOUNTS,
    not_covered=st.none() | AMOUNTS,
    patient_owes=st.none() | AMOUNTS,
    adjustments=ADJUSTMENTS,
    decided_on=st.none() | DAYS,
    payer_control_number=maybe(texts()),
)


@st.composite
def subscribers(draw: st.DrawFn) -> Subscriber:
    """A subscriber; the plan is named only where no group number is."""
    group = draw(maybe(texts()))
    born = draw(st.none() | DAYS)
    return Subscriber(
        name=draw(NAMES),
        member_id=draw(texts()),
        filing_indicator=draw(st.sampled_from(["CI", "MB", "MC"])),
        responsibility=draw(st.sampled_from("PST")),
        group_number=group,
        plan_name="" if group else draw(maybe(texts())),
        medicare_type=draw(maybe(CODES)),
        address=draw(st.none() | ADDRESSES),
        birth_date=born,
        sex=draw(SEX) if born else "",
    )


CLAIMS = st.builds(
    Claim,
    patient_control_number=texts(17, "ABC0123456789"),
    subscriber=subscribers(),
    charge=AMOUNTS,
    place_of_service=st.sampled_from(["10", "11"]),
    diagnoses=st.lists(CODES, min_size=1, max_size=12).map(tuple),
    lines=st.lists(lines(), min_size=1, max_size=3).map(tuple),
    patient=st.none() | st.builds(Patient, PERSONS, st.sampled_from(["01", "19"]), ADDRESSES, DAYS, SEX),
    frequency=st.sampled_from("178"),
    original_reference=maybe(texts()),
    prior_authorization=maybe(texts()),
    referral_number=maybe(texts()),
    rendering=st.none() | PROVIDERS,
    supervising=st.none() | PROVIDERS.map(lambda found: replace(found, taxonomy="")),
    referring=st.none() | PROVIDERS.map(lambda found: replace(found, taxonomy="")),
    facility=st.none() | st.builds(Facility, texts(), ADDRESSES, maybe(texts(10, DIGITS))),
    patient_paid=st.none() | AMOUNTS,
    coverages=st.lists(COVERAGES, max_size=2).map(tuple),
    note=maybe(texts()),
    accident=st.none() | st.just(Accident(("AA", "EM"), date(2026, 1, 2), "WI")) | st.just(Accident(("OA",))),
    signature_source=st.sampled_from(["", "P"]),
    delay_reason=st.sampled_from(["", "11"]),
)

TRANSACTIONS = st.builds(
    ClaimTransaction,
    control=st.just("0001"),
    reference=texts(),
    payer=PAYERS,
    billing=st.builds(
        BillingProvider,
        NAMES,
        texts(10, DIGITS),
        texts(9, DIGITS),
        ADDRESSES,
        st.sampled_from(["EI", "SY"]),
        maybe(texts(10, "ABC0123456789")),
        st.none() | ADDRESSES,
    ),
    claims=st.lists(CLAIMS, min_size=1, max_size=3).map(tuple),
)

ENVELOPES = st.builds(
    Envelope,
    sender=texts(),
    receiver=texts(),
    usage=st.sampled_from("PT"),
    acknowledgment_wanted=st.booleans(),
    delimiters=st.sampled_from([Delimiters(), Delimiters(component=">"), Delimiters("|", "<", "\\", "\n")]),
    submitter=st.builds(Submitter, texts(), texts(), texts(), texts(10, DIGITS), maybe(texts())),
    claims_receiver=st.builds(Receiver, texts(), texts()),
)

FILES = st.builds(
    ClaimFile,
    envelope=ENVELOPES,
    control=st.integers(1, 999_999_999),
    group_control=st.integers(1, 999_999_999),
    made_at=st.just(MADE_AT),
    transactions=TRANSACTIONS.map(lambda sent: (sent,)),
)
