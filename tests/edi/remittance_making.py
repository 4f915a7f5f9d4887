"""Remittances that add up, made by hand and at random, for tests to write, change and read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from hypothesis import strategies as st

from edi.envelope import Envelope
from edi.interchanges import Transaction
from edi.parties import Address, Contact, Name, Reference
from edi.reading import read as read_file
from edi.remittances.model import (
    Adjustment,
    Amount,
    ClaimPayment,
    LinePayment,
    Organization,
    Procedure,
    ProviderAdjustment,
    Remittance,
)
from edi.remittances.reading import read
from edi.remittances.writing import write

SAMPLES: Final = Path(__file__).parent / "samples"
MADE_AT: Final = datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001 - an envelope has local time without a zone
ENVELOPE: Final = Envelope(sender="SANDBOXPAYER", receiver="CASELOAD", usage="T")
PAYER: Final = Organization(
    "SANDBOX HEALTH PLAN",
    address=Address("1 TEST WAY", city="MADISON", state="WI", postal_code="53703"),
    references=(Reference("2U", "60054"),),
    contacts=(Contact("BL", "PROVIDER SERVICE", (("TE", "6085550100"),)),),
)
PAYEE: Final = Organization("LAKE COUNSELING LLC", "XX", "1234567893", references=(Reference("TJ", "391234567"),))
DAY: Final = date(2026, 11, 2)


def transactions(name: str) -> list[Transaction]:
    """Every transaction of a sample."""
    found = read_file((SAMPLES / name).read_bytes())
    return [transaction for interchange in found for transaction in interchange.transactions]


def bytes_of(*remittances: Remittance, envelope: Envelope = ENVELOPE, control: int = 7) -> bytes:
    """The remittances as one interchange."""
    return write(remittances, envelope, control=control, group_control=control, made_at=MADE_AT)


def read_back(content: bytes) -> list[Remittance]:
    """Every remittance of a file."""
    return [read(one) for interchange in read_file(content) for one in interchange.transactions]


def money(text: str) -> Decimal:
    """An amount."""
    return Decimal(text)


def line(charge: str = "150", paid: str = "105", *adjustments: tuple[str, str, str]) -> LinePayment:
    """A session of 45 minutes; by default with a copay and a contractual amount."""
    taken = adjustments or (("CO", "45", "25"), ("PR", "3", "20"))
    made = tuple(Adjustment(group, reason, money(amount)) for group, reason, amount in taken)
    return LinePayment(
        Procedure("HC", "90834", ("95",)),
        money(charge),
        money(paid),
        service_from=DAY,
        service_to=DAY,
        adjustments=made,
        references=(Reference("6R", "L1"),),
    )


def claim(*lines: LinePayment, position: int = 1, status: str = "1", number: str = "PCN1") -> ClaimPayment:
    """A claim whose amounts are the sums of its lines."""
    shares = [one.amount for each in lines for one in each.adjustments if one.group == "PR"]
    return ClaimPayment(
        position,
        number,
        status,
        sum((each.charge for each in lines), Decimal(0)),
        sum((each.paid for each in lines), Decimal(0)),
        sum(shares, Decimal(0)),
        "12",
        f"ICN{number}",
        "11",
        "1",
        names=(Name("QC", "SMITH", "JANE", id_qualifier="MI", id="W123456789"),),
        service_from=DAY,
        service_to=DAY,
        lines=tuple(lines),
    )


def remittance(*claims: ClaimPayment, plb: tuple[ProviderAdjustment, ...] = (), trace: str = "T100") -> Remittance:
    """A payment of what its claims and provider adjustments come to."""
    total = sum((one.paid for one in claims), Decimal(0)) - sum((one.amount for one in plb), Decimal(0))
    return Remittance(
        "ACH" if total else "NON",
        "I" if total else "H",
        "D" if total < 0 else "C",
        abs(total),
        trace,
        "1391234567",
        date(2026, 11, 20),
        date(2026, 11, 19),
        payer=PAYER,
        payee=PAYEE,
        claims=claims,
        provider_adjustments=plb,
    )


amounts = st.integers(-99_999, 99_999).map(lambda cents: Decimal(cents) / 100)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
words = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=2, max_size=12)
adjustment_lists = st.lists(
    st.builds(
        Adjustment,
        st.sampled_from(["CO", "PR", "OA", "PI"]),
        st.sampled_from(["1", "2", "3", "23", "45", "96", "197", "253"]),
        amounts,
        st.none() | st.integers(1, 9).map(Decimal),
    ),
    max_size=8,
).map(tuple)


@st.composite
def lines(draw: st.DrawFn) -> LinePayment:
    """A line that adds up, with anything a line may carry."""
    adjustments, charge, day = draw(adjustment_lists), draw(amounts), draw(days)
    codes = st.builds(Procedure, st.just("HC"), st.sampled_from(["90834", "90837", "H0004"]), _modifiers)
    return LinePayment(
        draw(codes),
        charge,
        charge - sum((one.amount for one in adjustments), Decimal(0)),
        draw(st.integers(1, 8).map(Decimal)),
        original=draw(st.none() | codes),
        service_from=day,
        service_to=draw(st.sampled_from([day, date(2031, 1, 1)])),
        adjustments=adjustments,
        references=draw(st.sampled_from([(), (Reference("6R", "L1"),)])),
        amounts=draw(st.sampled_from([(), (Amount("B6", Decimal("88.5")),)])),
        remarks=draw(st.sampled_from([(), ("N130",), ("N130", "M76")])),
    )


_modifiers = st.lists(st.sampled_from(["95", "GT", "HO", "U1"]), max_size=4).map(tuple)


@st.composite
def claims(draw: st.DrawFn) -> ClaimPayment:
    """A claim that adds up, with adjustments of its own and of its lines."""
    own, under, charge = draw(adjustment_lists), tuple(draw(st.lists(lines(), max_size=3))), draw(amounts)
    taken = sum((one.amount for one in (*own, *(one for each in under for one in each.adjustments))), Decimal(0))
    return ClaimPayment(
        1,
        draw(words),
        draw(st.sampled_from(["1", "2", "3", "4", "19", "22"])),
        charge,
        charge - taken,
        draw(st.none() | amounts),
        "12",
        draw(words),
        "11",
        "1",
        names=(
            Name("QC", draw(words), draw(words), "Q", "JR", "MI", draw(words)),
            Name("74", "", draw(words)),
            Name("TT", "NEXT PLAN", id_qualifier="PI", id="60054", is_person=False),
        ),
        received_on=draw(st.none() | days),
        service_from=draw(days),
        service_to=draw(days),
        coverage_expired_on=draw(st.none() | days),
        adjustments=own,
        remarks=draw(st.sampled_from([(), ("MA18",), ("MA01", "N1", "N2", "N3", "N4")])),
        references=(Reference("EA", draw(words)),),
        amounts=(Amount("AU", Decimal(100)),),
        contacts=(Contact("CX", "CLAIMS", (("TE", "6085550100"), ("EX", "12"))),),
        lines=under,
    )


@st.composite
def remittances(draw: st.DrawFn) -> Remittance:
    """A payment that adds up, credit or debit, with up to eight provider adjustments."""
    paid = [replace_position(one, number) for number, one in enumerate(draw(st.lists(claims(), max_size=4)), 1)]
    adjusted = st.builds(
        ProviderAdjustment,
        st.sampled_from(["1234567893", "391234567"]),
        st.just(date(2026, 12, 31)),
        st.sampled_from(["WO", "FB", "L6", "72"]),
        st.sampled_from(["", "ICN1"]),
        amounts,
    )
    return remittance(*paid, plb=tuple(draw(st.lists(adjusted, max_size=8))), trace=draw(words))


def replace_position(one: ClaimPayment, position: int) -> ClaimPayment:
    """The claim at another place of its transaction."""
    return replace(one, position=position)
