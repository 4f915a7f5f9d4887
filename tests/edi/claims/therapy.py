"""Random claims over every case of outpatient therapy, each as we would send it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from edi.claims.model import (
    Accident,
    Address,
    Adjustment,
    Claim,
    Facility,
    Line,
    LineDecision,
    OtherCoverage,
    OtherSubscriber,
    Patient,
    Payer,
    Person,
    Provider,
    Subscriber,
)
from tests.edi.making import MADE_AT, OFFICE

NPIS: Final = ("1245319599", "1003000126", "1679576722", "1740000017", "1740000025")
SUPERVISOR_NPI: Final = "1234567893"
DIAGNOSES: Final = ("F411", "F329", "F4310", "F331", "F840", "F902", "F1020", "Z630", "F319", "F509", "F4323", "G4700")
LAST: Final = ("SMITH", "O*NEIL~", "NUÑEZ", "VAN DER BERG", "D'ANGELO", "LEE-PARK", "ÅSTRÖM")
FIRST: Final = ("JANE", "TOM", "ZOË", "ANNE MARIE", "LI")
CITIES: Final = (("MADISON", "WI", "53703"), ("PHILADELPHIA", "PA", "19106-1234"), ("TROY", "NY", "121800001"))
MAIN: Final = ("90832", "90834", "90837", "90791", "90792")
VISITS: Final = ("99212", "99213", "99214", "99215")
TODAY: Final = MADE_AT.date()

Lines = list[Line]
Case = Callable[[Random, date], Lines]


def amount(draw: Random, high: int = 300) -> Decimal:
    return Decimal(draw.randint(1000, high * 100)) / 100


def line(draw: Random, day: date, code: str, units: int = 1, **facts: object) -> Line:
    made = Line("", code, amount(draw), Decimal(units), (1,), day)
    return replace(made, **facts)  # type: ignore[arg-type]


def individual(draw: Random, day: date) -> Lines:
    return [line(draw, day, draw.choice(MAIN))]


def interactive(draw: Random, day: date) -> Lines:
    return [line(draw, day, draw.choice(("90832", "90834", "90837", "90791", "90853"))), line(draw, day, "90785")]


def medical(draw: Random, day: date) -> Lines:
    found = [line(draw, day, draw.choice(VISITS), modifiers=("25",))]
    return [*found, line(draw, day, draw.choice(("90833", "90836", "90838")))]


def medical_and_interactive(draw: Random, day: date) -> Lines:
    return [*medical(draw, day), line(draw, day, "90785")]


def crisis(draw: Random, day: date) -> Lines:
    further = draw.randint(0, 3)
    return [line(draw, day, "90839"), *([line(draw, day, "90840", further)] if further else [])]


def family(draw: Random, day: date) -> Lines:
    return [line(draw, day, draw.choice(("90846", "90847")))]


def group(draw: Random, day: date) -> Lines:
    return [line(draw, day, "90853")]


def counted(draw: Random, day: date) -> Lines:
    return [line(draw, day, draw.choice(("H0004", "H2019", "T1017")), draw.randint(1, 8))]


def testing(draw: Random, day: date) -> Lines:
    first = line(draw, day, "96130")
    return [first, line(draw, day, "96131", draw.randint(1, 5), prior_authorization="TEST7")]


def several_dates(draw: Random, day: date) -> Lines:
    return [line(draw, day - timedelta(days=7 * week), "90834") for week in range(draw.randint(2, 50))]


CASES: Final[tuple[Case, ...]] = (
    individual, interactive, medical, medical_and_interactive, crisis, family, group, counted, testing, several_dates,
)  # fmt: skip


def claim(seed: int) -> Claim:
    """The claim of this seed: its case goes round, everything about it is drawn."""
    draw = Random(seed)  # noqa: S311 - the same claims every time
    day = TODAY - timedelta(days=draw.randint(0, 300))
    lines = numbered(draw, CASES[seed % len(CASES)](draw, day), draw.randint(1, 12))
    diagnoses = tuple(draw.sample(DIAGNOSES, max(max(one.pointers) for one in lines)))
    made = Claim(
        patient_control_number=f"T{seed:09}01",
        subscriber=subscriber(draw),
        charge=sum((one.amount for one in lines), Decimal(0)),
        place_of_service="11",
        diagnoses=diagnoses,
        lines=lines,
        rendering=provider(draw),
    )
    for change in (given, insured, named, told, again, following):
        made = change(draw, made)
    return made


def numbered(draw: Random, lines: Lines, diagnoses: int) -> tuple[Line, ...]:
    """References, pointers and modifiers that any line may have."""
    level = draw.choice(((), (), ("HO",), ("HL",)))
    found = []
    for position, one in enumerate(lines, 1):
        pointers = tuple(draw.sample(range(1, diagnoses + 1), min(draw.randint(1, 4), diagnoses)))
        made = replace(one, reference=f"L{position:02}", pointers=pointers, modifiers=(*one.modifiers, *level))
        found.append(made)
    return tuple(found)


def given(draw: Random, made: Claim) -> Claim:
    """In person here or elsewhere, by video, by phone; some payers want the office code for telehealth."""
    way = draw.choice(("here", "annex", "school", "video", "phone"))
    if way in {"video", "phone"}:
        mark = draw.choice((("95",), ("GT",), ()) if way == "video" else (("93",), ("FQ",)))
        lines = tuple(replace(one, modifiers=(*mark, *one.modifiers)) for one in made.lines)
        return replace(made, place_of_service=draw.choice(("10", "02")), lines=lines)
    if way == "annex":
        return replace(made, facility=Facility("NORTH OFFICE", OFFICE, draw.choice(("", "1234567893"))))
    return replace(made, place_of_service="03" if way == "school" else "11")


def insured(draw: Random, made: Claim) -> Claim:
    """The client's own card, or a parent's, a spouse's, a partner's."""
    relationship = draw.choice(("18", "18", "19", "01", "53", "G8"))
    if relationship == "18":
        return made
    holder = replace(made.subscriber, address=None, birth_date=None, sex="") if draw.random() < 0.5 else made.subscriber
    patient = Patient(person(draw), relationship, address(draw), date(2012, 5, 1), draw.choice("FMU"))
    return replace(made, subscriber=holder, patient=patient)


def named(draw: Random, made: Claim) -> Claim:
    """Who supervised and who referred, and without a taxonomy where the payer wants none."""
    if draw.random() < 0.3:
        made = replace(made, supervising=replace(provider(draw), taxonomy="", npi=SUPERVISOR_NPI))
    if draw.random() < 0.3:
        made = replace(made, referring=replace(provider(draw), taxonomy=""))
    if draw.random() < 0.2 and made.rendering:
        made = replace(made, rendering=replace(made.rendering, taxonomy=""))
    return made


def told(draw: Random, made: Claim) -> Claim:
    """Authorization, referral, what the client paid, why it is late, an accident, a note."""
    facts: dict[str, object] = {}
    if draw.random() < 0.4:
        facts["prior_authorization"] = f"A{draw.randint(1, 99999)}"
    if draw.random() < 0.2:
        facts["referral_number"] = f"R{draw.randint(1, 99999)}"
    if draw.random() < 0.3:
        facts["patient_paid"] = min(amount(draw, 40), made.charge)
    if draw.random() < 0.3:
        facts["delay_reason"] = draw.choice(("1", "3", "7", "8", "9", "11", "15"))
    if draw.random() < 0.1:
        facts["accident"] = Accident(("AA",), made.lines[-1].service_date, "WI")
    return replace(made, **facts)  # type: ignore[arg-type]


def again(draw: Random, made: Claim) -> Claim:
    """An original, or a replacement or void of a claim the payer knows."""
    frequency = draw.choice(("1", "1", "1", "7", "8"))
    return (
        made if frequency == "1" else replace(made, frequency=frequency, original_reference=f"ICN{draw.random()}"[:20])
    )


def following(draw: Random, made: Claim) -> Claim:
    """To a second payer, with what the first decided line by line; sometimes Medicare is the second."""
    if draw.random() < 0.7:
        return made
    decided = max(one.service_date or TODAY for one in made.lines)
    lines = tuple(replace(one, decisions=(decision(draw, one, decided),)) for one in made.lines)
    paid = sum((one.decisions[0].paid for one in lines), Decimal(0))
    first = OtherCoverage(
        "P", "18", "CI", OtherSubscriber(person(draw), "K1"), Payer("FIRST HEALTH", "FIRST1"), paid=paid,
    )  # fmt: skip
    holder = replace(made.subscriber, responsibility="S")
    if draw.random() < 0.4:
        holder = replace(holder, filing_indicator="MB", medicare_type=draw.choice(("12", "43")), group_number="")
    return replace(made, subscriber=holder, coverages=(first,), lines=lines)


def decision(draw: Random, one: Line, on: date) -> LineDecision:
    """Paid in part, the rest the contract's and the client's."""
    paid = (one.amount * draw.randint(0, 80) / 100).quantize(Decimal("0.01"))
    share = min(Decimal("5.00"), one.amount - paid)
    reasons = [Adjustment("CO", "45", one.amount - paid - share), Adjustment("PR", "3", share)]
    adjustments = tuple(reason for reason in reasons if reason.amount)
    return LineDecision("FIRST1", paid, one.code, one.units, on, adjustments=adjustments)


def person(draw: Random) -> Person:
    return Person(draw.choice(LAST), draw.choice(FIRST), draw.choice(("", "Q")), draw.choice(("", "", "JR")))


def provider(draw: Random) -> Provider:
    taxonomy = draw.choice(("101YM0800X", "1041C0700X", "103TC0700X", "106H00000X", "2084P0800X"))
    return Provider(person(draw), draw.choice(NPIS), taxonomy)


def address(draw: Random) -> Address:
    city, state, code = draw.choice(CITIES)
    return Address(f"{draw.randint(1, 9999)} OAK ST", draw.choice(("", "APT 4")), city, state, code)


def subscriber(draw: Random) -> Subscriber:
    group = draw.choice(("", "GRP100"))
    return Subscriber(
        person(draw),
        f"W{draw.randint(1, 999999999)}",
        draw.choice(("CI", "BL", "HM", "12", "16", "MC", "CH", "ZZ")),
        group_number=group,
        plan_name="" if group else draw.choice(("", "GOLD PLAN")),
        address=address(draw),
        birth_date=date(1985, 4, 12),
        sex=draw.choice("FMU"),
    )
