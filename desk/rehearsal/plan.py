"""What the rehearsal's practice is and does, and what each session must come to. Plain facts; all people invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from desk.rehearsal.stages import Figure
from practice.money import ZERO, cents, total

FIRST_MONDAY: Final = dt.date(2026, 10, 26)
WEEKS: Final = 3
BEGUN: Final = FIRST_MONDAY - dt.timedelta(weeks=1)
BILLED_ON: Final = FIRST_MONDAY + dt.timedelta(weeks=WEEKS)
TIME_ZONE: Final = "America/New_York"
LATE_CANCEL_FEE: Final = Decimal("75.00")
NO_SHOW_FEE: Final = Decimal("90.50")
COPAY: Final = Decimal("25.00")

HELD, LATE, NO_SHOW, CANCELED, UNDOCUMENTED = "held", "late_canceled", "no_show", "canceled", "undocumented"

SERVICES: Final[dict[str, dict[str, Any]]] = {
    "90834": {"name": "Therapy 45", "kind": "individual", "minutes": 45, "time_min": 38, "time_max": 52},
    "90837": {"name": "Therapy 60", "kind": "individual", "minutes": 55, "time_min": 53},
    "90847": {"name": "Couple", "kind": "couple", "minutes": 50},
    "90853": {"name": "Group", "kind": "group", "minutes": 75},
}
FEES: Final = {
    "90834": Decimal("142.10"),
    "90837": Decimal("168.37"),
    "90847": Decimal("185.00"),
    "90853": Decimal("60.05"),
}
# What payers allow, by their place in PAYERS, and the clients' share of it: as the sandbox payer's clean.toml says.
ALLOWED: Final = (
    {
        "90834": Decimal("104.25"),
        "90837": Decimal("142.80"),
        "90847": Decimal("126.00"),
        "90853": Decimal("42.75"),
    },
    {"90834": Decimal("98.63"), "90837": Decimal("131.15"), "90853": Decimal("40.01")},
)
COINSURANCE: Final = Decimal("0.20")  # of the second payer; the first leaves the copay
PAYERS: Final[tuple[dict[str, Any], ...]] = (
    {"name": "Keystone Mutual", "payer_id": "KEYM1", "filing_days": 90, "supervised": "associate"},
    {"name": "Blue Harbor PPO", "payer_id": "BLHB2", "filing_days": 180, "supervised": "supervisor"},
)


@dataclass(frozen=True, slots=True)
class Helper:
    """A clinician of the practice."""

    first_name: str
    last_name: str
    credentials: str
    engagement: str
    npi: str
    supervised: bool = False
    enters_times: bool = True


CLINICIANS: Final = (
    Helper("Cora", "Finch", "LCSW", "w2_exempt", "1740000017"),
    Helper("Dev", "Marlow", "LPC", "contractor", "1740000025", enters_times=False),
    Helper("Elin", "Garza", "LAPC", "w2_nonexempt", "1740000033", supervised=True),
)


@dataclass(frozen=True, slots=True)
class Person:
    """A client: whose, and who pays; no payer is self-pay, perhaps at an own rate."""

    first_name: str
    last_name: str
    clinician: int
    payer: int | None = None
    own_rate: Decimal | None = None


CLIENTS: Final = (
    Person("Marisol", "Vega", 0, payer=0),
    Person("Theo", "Lindgren", 0, payer=1),
    Person("Aisha", "Coleman", 0),
    Person("Ben", "Ostrowski", 0, own_rate=Decimal("99.95")),
    Person("Delia", "Marsh", 1, payer=0),
    Person("Owen", "Pruitt", 1, payer=1),
    Person("Yuki", "Sandoval", 1),
    Person("Farah", "Iqbal", 2, payer=0),
    Person("Caleb", "Winthrop", 2, payer=1),
    Person("Nina", "Delacroix", 2),
    Person("Rosa", "Imbert", 0, payer=0),
    Person("Peter", "Hsu", 1, payer=0),
    Person("Lena", "Barros", 1, payer=1),
    Person("Ivo", "Krall", 1),
)
COUPLE: Final = 10
GROUP: Final = (11, 12, 13)


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that comes every week: clients by their place in CLIENTS, the weekday from Monday, and when."""

    clients: tuple[int, ...]
    kind: str
    code: str
    weekday: int
    time: dt.time


def _own_slots() -> Iterator[Slot]:
    for number in range(COUPLE):
        code = "90837" if number % 3 == 1 else "90834"
        yield Slot((number,), "individual", code, number % 5, dt.time(9 + number // 5))


SLOTS: Final = (
    *_own_slots(),
    Slot((COUPLE,), "couple", "90847", 1, dt.time(13)),
    Slot(GROUP, "group", "90853", 3, dt.time(17)),
)

# What did not go as booked: (client, week) and what happened instead.
EXCEPTIONS: Final = {
    (1, 1): LATE,
    (6, 2): NO_SHOW,
    (4, 1): CANCELED,
    (12, 0): NO_SHOW,
    (7, 2): UNDOCUMENTED,
}


@dataclass(frozen=True, slots=True)
class Planned:
    """One client in one session, and how it went."""

    client: int
    week: int
    slot: Slot

    @property
    def outcome(self) -> str:
        """What happened."""
        return EXCEPTIONS.get((self.client, self.week), HELD)

    @property
    def date(self) -> dt.date:
        """The day of service."""
        return FIRST_MONDAY + dt.timedelta(weeks=self.week, days=self.slot.weekday)

    @property
    def is_billed(self) -> bool:
        """Whether the one click bills it."""
        return self.outcome in {HELD, LATE, NO_SHOW}

    @property
    def price(self) -> Decimal:
        """What it must come to, in dollars."""
        person = CLIENTS[self.client]
        by_policy = {LATE: LATE_CANCEL_FEE, NO_SHOW: NO_SHOW_FEE}.get(self.outcome)
        if by_policy is not None:
            return by_policy
        if person.payer is None and person.own_rate is not None:
            return person.own_rate
        return FEES[self.slot.code]

    @property
    def of_insurer(self) -> Decimal:
        """What the insurer is asked for: all but the copay of a session that was held."""
        if self.outcome != HELD or CLIENTS[self.client].payer is None:
            return ZERO
        return self.price - min(COPAY, self.price)

    @property
    def payer(self) -> int | None:
        """Who is sent a claim for it; nobody for an absence, or without its note."""
        return CLIENTS[self.client].payer if self.outcome == HELD else None

    @property
    def allowed(self) -> Decimal:
        """What the payer allows for it."""
        return ZERO if self.payer is None else ALLOWED[self.payer][self.slot.code]

    @property
    def share(self) -> Decimal:
        """What the payer leaves to the client."""
        return min(COPAY, self.allowed) if self.payer == 0 else cents(self.allowed * COINSURANCE)

    @property
    def paid(self) -> Decimal:
        """What the payer pays."""
        return self.allowed - self.share


PLANNED: Final = tuple(
    Planned(client, week, slot) for week in range(WEEKS) for slot in SLOTS for client in slot.clients
)
CLAIMED: Final = tuple(one for one in PLANNED if one.payer is not None)


def to_bill() -> Figure:
    """What the one click must bill."""
    billed = [one for one in PLANNED if one.is_billed]
    return Figure(len(billed), total(one.price for one in billed))


def of_insurers() -> Figure:
    """What insurers must owe for it."""
    return Figure(None, total(one.of_insurer for one in PLANNED if one.is_billed))


def to_claim() -> Figure:
    """The claims that must be made of it."""
    return Figure(len(CLAIMED), total(one.price for one in CLAIMED))


def paid(payer: int | None = None) -> Figure:
    """What payers must pay for them, or one payer."""
    rows = [one for one in CLAIMED if payer in {None, one.payer}]
    return Figure(len(rows), total(one.paid for one in rows))


def contractual() -> Figure:
    """What of them the contracts take off."""
    return Figure(None, total(one.price - one.allowed for one in CLAIMED))


def shares() -> Figure:
    """What of them payers leave to clients."""
    return Figure(None, total(one.share for one in CLAIMED))


def of_clients() -> Figure:
    """What clients must owe in the end: their shares, and all that no insurer is asked for."""
    own = total(one.price for one in PLANNED if one.is_billed and one.payer is None)
    return shares().plus(Figure(None, own))


def paying() -> set[int | None]:
    """The payers that are sent claims, by their place."""
    return {one.payer for one in CLAIMED}


def left_open() -> Figure:
    """What the one click must leave: it lacks its note."""
    left = [one for one in PLANNED if one.outcome == UNDOCUMENTED]
    return Figure(len(left), total(one.price for one in left))
