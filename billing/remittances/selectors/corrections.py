"""The list of clients whom payers know otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator

from billing.models import ClientCorrection
from clients.models import Coverage
from practice.actors import Actor

ON_A_PAGE: Final = 50
S: Final = ClientCorrection.Status


@dataclass(frozen=True, slots=True)
class Part:
    """One thing the payer knows otherwise: what it is, as we have it, as the payer has it."""

    label: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Row:
    """One correction in words."""

    correction: ClientCorrection
    parts: list[Part]

    @property
    def known_as(self) -> str:
        """How the payer knows the client: the name, the number, or both."""
        return ", ".join(part.theirs for part in self.parts)


@dataclass(frozen=True, slots=True)
class CorrectionList:
    """A page of rows, and how many are undecided and decided."""

    page: Page[ClientCorrection]
    rows: list[Row]
    waiting: int
    decided: int
    is_decided: bool


def correction_list(actor: Actor, *, decided: bool, number: str) -> CorrectionList:
    """The undecided ones, or those that were decided; three queries."""
    found = ClientCorrection.objects.all() if actor.may("remittances:view") else ClientCorrection.objects.none()
    waiting, over = found.filter(status=S.OPEN), found.filter(status__in=(S.CHANGED, S.KEPT))
    rows: Any = (over if decided else waiting).select_related(
        "client", "coverage__payer", "remittance_claim__remittance"
    )
    counts = {False: waiting.count(), True: over.count()}
    pages = Paginator(rows.order_by("-pk"), ON_A_PAGE)
    pages.count = counts[decided]
    page = pages.get_page(number)
    return CorrectionList(page, [row(one) for one in page.object_list], counts[False], counts[True], decided)


def row(one: ClientCorrection) -> Row:
    """One correction, as it stands beside ours."""
    is_self = one.coverage.relationship == Coverage.Relationship.SELF
    holder: Any = one.client if is_self else one.coverage
    prefix, who = ("", "") if is_self else ("subscriber_", "Subscriber’s ")
    found = []
    if one.first_name or one.last_name:
        ours = (getattr(holder, f"{prefix}first_name"), getattr(holder, f"{prefix}last_name"))
        names = (one.before.get("first_name", ours[0]), one.before.get("last_name", ours[1]))
        theirs = (one.first_name or ours[0], one.last_name or ours[1])
        found.append(Part(f"{who}name".capitalize() if is_self else f"{who}name", " ".join(names), " ".join(theirs)))
    if one.member_id:
        found.append(Part("Member ID", one.before.get("member_id", one.coverage.member_id), one.member_id))
    return Row(one, found)
