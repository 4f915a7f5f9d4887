"""What a therapy practice asks of an eligibility answer, in plain facts: what the answer does not say is None."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from edi.eligibility.benefit import Benefit, Entity
from edi.eligibility.elsewhere import CarveOut, carve_outs, other_payers, primary_care
from edi.eligibility.people import Identity
from edi.eligibility.periods import begins, ends, holds_on, only
from edi.eligibility.rejection import Rejection
from edi.eligibility.responses import Response
from edi.eligibility.said import PLAN, SERVICES, UNNAMED, Said, said
from edi.eligibility.shares import Shares, covered, shares
from edi.eligibility.telehealth import Telehealth, telehealth

OFFICE: Final = "11"
INSIDE, OUTSIDE, BOTH = "Y", "N", "W"
ORDER: Final = (PLAN, UNNAMED, *SERVICES)
"""The plan itself first, then the services."""


class Status(StrEnum):
    """Whether coverage is active (EB01 1 to 8); the payer is still looking at one under review (5, 7, 8)."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    REVIEW = "check"


@dataclass(frozen=True, slots=True)
class Benefits:
    """The facts of one response.

    `covered` says whether the service, not the plan, is covered, outside of rows for out of network alone. Figures
    with EB12 Y or W are `in_network`, with N or W `out_of_network`, and all others `unstated`. `identity` is the
    person as the payer knows it. `rejections` speak for the whole response.
    """

    status: Said[Status] | None = None
    since: date | None = None
    until: date | None = None
    plan_name: Said[str] | None = None
    insurance: Said[str] | None = None
    covered: Said[bool] | None = None
    in_network: Shares = field(default_factory=Shares)
    out_of_network: Shares = field(default_factory=Shares)
    unstated: Shares = field(default_factory=Shares)
    telehealth: Telehealth = field(default_factory=Telehealth)
    carve_outs: tuple[CarveOut, ...] = ()
    other_payers: tuple[Entity, ...] = ()
    primary_care: tuple[Entity, ...] = ()
    identity: Identity | None = None
    rejections: tuple[Rejection, ...] = ()

    @property
    def is_active(self) -> bool | None:
        """Whether the plan is active; None when the answer does not say, contradicts itself, or is under review."""
        value = self.status.value if self.status else None
        return {Status.ACTIVE: True, Status.INACTIVE: False}.get(value) if value else None

    @property
    def group_number(self) -> str | None:
        """REF*6P of the member."""
        return (self.identity.group_number or None) if self.identity else None


def benefits(response: Response, on: date | None = None) -> Benefits:
    """The facts of a response; with a day, rows whose own dates exclude it are left out."""
    member = response.member
    if member is None:
        return Benefits(rejections=response.rejections)
    rows = [row for row in member.benefits if holds_on(row, on)]
    status = said(rows, _status, ORDER)
    since, until = _span(status, member.identity)
    return Benefits(
        status,
        since,
        until,
        said(rows, lambda row: row.plan or None if _status(row) else None, ORDER),
        said(rows, lambda row: row.insurance or None if _status(row) else None, ORDER),
        covered([row for row in rows if row.network != OUTSIDE and _is_general(row)], SERVICES),
        *_networks(rows),
        telehealth(rows),
        carve_outs(rows, response.payer.name),
        other_payers(rows),
        primary_care(rows),
        member.identity,
        response.rejections,
    )


def _networks(rows: Sequence[Benefit]) -> tuple[Shares, Shares, Shares]:
    """In network, out of network, and without saying."""
    general = [row for row in rows if _is_general(row)]
    inside = [row for row in general if row.network in {INSIDE, BOTH}]
    outside = [row for row in general if row.network in {OUTSIDE, BOTH}]
    unstated = [row for row in general if row.network not in {INSIDE, OUTSIDE, BOTH}]
    return shares(inside), shares(outside), shares(unstated)


def _is_general(row: Benefit) -> bool:
    """Whether a row holds for a session in the office: it names no place, or that one."""
    return not row.places or OFFICE in row.places


def _status(row: Benefit) -> Status | None:
    """What a row says about coverage, by EB01 1 to 8."""
    return Status(row.effect) if row.information in set("12345678") else None


def _span(status: Said[Status] | None, identity: Identity) -> tuple[date | None, date | None]:
    """Since and until: the dates of the row that says the status, else the member's."""
    own = [one for row in status.rows for one in row.dates] if status else []
    return only(begins(own) or begins(identity.dates)), only(ends(own) or ends(identity.dates))
