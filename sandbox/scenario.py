"""What a scenario says: who may log in, what each payer pays, what plans members have, and what goes otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sandbox.mischief import Order
from sandbox.outcomes import Eligibility, Outcome


@dataclass(frozen=True, slots=True)
class Login:
    """Who may log in over SFTP, with an /inbound and an /outbound of its own, and by which key over the API."""

    user: str
    password: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """What ISA07, ISA08 and ISA15 must say for the sandbox to take a file."""

    id: str = "SANDBOX"
    qualifier: str = "ZZ"
    usage: tuple[str, ...] = ("T",)


@dataclass(frozen=True, slots=True)
class Timing:
    """When remittances come: at once, or (`hold`) when the payer's day reaches the day they are due.

    `one_file` puts the payments of a day to a sender into one file, each a transaction of its own.
    """

    hold: bool = False
    remit_after_days: int = 0
    one_file: bool = False


@dataclass(frozen=True, slots=True)
class Payer:
    """One payer: its allowed amounts by code, else a percentage of the charge, and its house rules.

    `takeback` is the PLB reason under which it carries what it is owed; `authorization` lists codes that need REF*G1;
    `not_on_file` is the category (A4 or D0) in which it says that it does not hold a claim.
    """

    id: str = ""
    method: str = "ACH"
    tax_id: str = ""
    takeback: str = "WO"
    filing_days: int = 365
    allowed_percent: Decimal = Decimal(80)
    fees: Mapping[str, Decimal] = field(default_factory=dict)
    authorization: tuple[str, ...] = ()
    not_on_file: str = "A4"


@dataclass(frozen=True, slots=True)
class Plan:
    """What members pay themselves, and what an eligibility answer says of them.

    Copay per claim, deductible per year, then coinsurance in percent of the rest; `outside_…` are what holds out of
    network. `service_types` are those the payer tells figures of; others get those of 98 or 30. `carve_out` is the
    number of a payer that runs behavioral health, and this one then says nothing about it. With a `birth_date`
    another one is refused.
    """

    payer: str = ""
    member: str = ""
    copay: Decimal = Decimal(0)
    deductible: Decimal = Decimal(0)
    coinsurance: Decimal = Decimal(0)
    answer: Eligibility = Eligibility.FOUND
    name: str = ""
    insurance: str = ""
    group: str = ""
    since: date | None = None
    until: date | None = None
    birth_date: date | None = None
    service_types: tuple[str, ...] = ("MH", "98", "30")
    covered: bool = True
    in_network: bool = True
    authorization: bool = False
    telehealth: bool = True
    telehealth_copay: Decimal | None = None
    visits: int = 0
    out_of_pocket: Decimal | None = None
    family_deductible: Decimal | None = None
    outside_deductible: Decimal | None = None
    outside_coinsurance: Decimal | None = None
    carve_out: str = ""
    carve_out_name: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Claims that meet every condition get the outcome; the first rule that fits decides.

    `member` is exact or ends with `*`; `since` and `until` bound the date of service; `share` is the part of what the
    other conditions let through, chosen by a stable hash. What follows `share` belongs to some outcomes.
    """

    name: str
    outcome: Outcome
    payer: str = ""
    member: str = ""
    code: str = ""
    since: date | None = None
    until: date | None = None
    charge: Decimal | None = None
    share: Decimal | None = None
    days: int = 14
    percent: Decimal = Decimal(80)
    interest: Decimal = Decimal(2)
    group: str = "CO"
    reason: str = "50"
    remark: str = ""
    recode: str = "90832"


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything the sandbox goes by; `others` describes the payers that are not listed."""

    seed: str
    logins: tuple[Login, ...]
    receiver: Receiver = field(default_factory=Receiver)
    timing: Timing = field(default_factory=Timing)
    others: Payer = field(default_factory=Payer)
    payers: tuple[Payer, ...] = ()
    plans: tuple[Plan, ...] = ()
    rules: tuple[Rule, ...] = ()
    misbehave: tuple[Order, ...] = ()

    def payer(self, payer_id: str) -> Payer:
        """The payer with an identifier, or what is said of the others."""
        return next((payer for payer in self.payers if payer.id == payer_id), self.others)
