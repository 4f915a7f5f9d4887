"""The claims of a remittance as its page lists them: what to look at first, each with its lines in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.core.paginator import Page, Paginator

from billing.claims.words import Chip
from billing.models import Remittance, RemittanceAdjustment, RemittanceClaim, RemittanceLine
from billing.remittances.chips import MATCHED, NO_MATCH, claim_chip
from billing.remittances.explaining import Reason, explained, remarks, status_words
from billing.remittances.loading import Said, SaidLine, of_rows
from billing.remittances.treatments import REFUSED
from billing.secondary.turns import turn_words
from practice.money import ZERO, total

ON_A_PAGE: Final = 50
LOOK, SURE, ALL = "look", "matched", "all"
REMARKS: Final = "Remark codes"


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line in words; `is_free` when it fits no line we sent."""

    row: RemittanceLine
    reasons: list[Reason]
    remarks: list[str]
    is_free: bool


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A claim of the remittance in a row, and what the row opens to."""

    row: RemittanceClaim
    chip: Chip
    name: str
    day: dt.date | None
    codes: str
    allowed: Decimal
    share: Decimal
    status: str
    by: str
    lines: list[LineShown]
    reasons: list[Reason]
    remarks: list[str]
    said: dict[str, str]
    turn: str = ""

    @property
    def needs_match(self) -> bool:
        """Whether nobody has said yet which claim it is."""
        return self.chip is NO_MATCH


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of claims; `first_sure` is the key of the first one on it that needs no look."""

    page: Page[RemittanceClaim]
    rows: list[ClaimShown]
    looks: int
    sure: int
    tab: str
    unmatched: list[RemittanceClaim]
    paid: Decimal
    taken_back: Decimal
    reversals: int
    first_sure: int | None

    @property
    def count(self) -> int:
        """How many claims there are."""
        return self.looks + self.sure


def listed(remittance: Remittance, tab: str, number: str) -> Listed:
    """The claims of a remittance, fifty on a page; six queries however many there are."""
    rows = list(_rows(remittance))
    chips = _chips(remittance, rows)
    looks = [row for row in rows if chips[row.pk] is not MATCHED]
    sure = [row for row in rows if chips[row.pk] is MATCHED]
    page = Paginator({LOOK: looks, SURE: sure}.get(tab, [*looks, *sure]), ON_A_PAGE).get_page(number)
    turn = turn_words([row.claim for row in page.object_list if row.claim])
    on_page = of_rows(list(page.object_list))
    shown = [_shown(said, chips[said.row.pk], turn.get(said.row.claim_id or 0, "")) for said in on_page]
    back = [row for row in rows if row.is_reversal]
    return Listed(
        page,
        shown,
        len(looks),
        len(sure),
        tab if tab in {LOOK, SURE} else ALL,
        [row for row in rows if row.match == RemittanceClaim.Match.NONE],
        paid=total(row.paid for row in rows if not row.is_reversal),
        taken_back=-total(row.paid for row in back) or ZERO,
        reversals=len(back),
        first_sure=next((one.row.pk for one in shown if one.chip is MATCHED), None),
    )


def every(remittance: Remittance) -> list[ClaimShown]:
    """All claims in the payer's order, for the readable copy."""
    rows = list(_rows(remittance))
    chips = _chips(remittance, rows)
    return [_shown(said, chips[said.row.pk]) for said in of_rows(rows)]


def shown(row: RemittanceClaim) -> ClaimShown:
    """One claim by itself."""
    return _shown(of_rows([row])[0], NO_MATCH)


def _rows(remittance: Remittance) -> Sequence[RemittanceClaim]:
    rows = RemittanceClaim.objects.filter(remittance=remittance).order_by("position")
    return list(rows.select_related("claim__client", "claim__rendering"))


def _chips(remittance: Remittance, rows: Sequence[RemittanceClaim]) -> dict[int, Chip]:
    mine = {"remittance_claim__remittance": remittance}
    free = RemittanceLine.objects.filter(**mine, charge__isnull=True)
    refused = RemittanceAdjustment.objects.filter(**mine, treatment__in=REFUSED).exclude(amount=ZERO)
    without_session = set(free.values_list("remittance_claim_id", flat=True))
    in_part = set(refused.values_list("remittance_claim_id", flat=True))
    return {row.pk: claim_chip(row, without_session, in_part) for row in rows}


def _shown(said: Said, chip: Chip, turn: str = "") -> ClaimShown:
    row, claim = said.row, said.row.claim
    codes = dict.fromkeys(line.row.code for line in said.lines if line.row.code)
    facts = {label: value for label, value in row.said.items() if label != REMARKS}
    share = _share(said)
    return ClaimShown(
        row,
        chip,
        claim.client.name if claim else row.client_name or "A client without a name",
        claim.service_on if claim else row.service_on,
        ", ".join(codes),
        _allowed(said, share),
        share,
        status_words(row.status_code),
        row.get_match_display(),
        [_line(line, is_free=_is_free(row, line)) for line in said.lines],
        explained(said.adjustments),
        remarks(row.said.get(REMARKS, "").split()),
        facts,
        turn,
    )


def _is_free(row: RemittanceClaim, line: SaidLine) -> bool:
    return bool(row.claim_id) and not row.is_reversal and line.row.charge_id is None


def _line(line: SaidLine, *, is_free: bool) -> LineShown:
    return LineShown(line.row, explained(line.adjustments), remarks(line.row.remarks), is_free)


def _share(said: Said) -> Decimal:
    """What the payer leaves to the client."""
    told: Decimal | None = said.row.patient_responsibility
    if told is not None:
        return -told if _is_unsigned(said) else told
    return total(one.amount for one in said.all_adjustments if one.group == "PR")


def _is_unsigned(said: Said) -> bool:
    """Some payers leave the sign off the client's part of what they take back."""
    return bool(said.row.is_reversal and said.row.charge < 0 and (said.row.patient_responsibility or ZERO) > 0)


def _allowed(said: Said, share: Decimal) -> Decimal:
    """What the payer says it allows, else what it paid and left to the client."""
    told = [line.row.allowed for line in said.lines]
    if told and all(amount is not None for amount in told):
        return total(amount for amount in told if amount is not None)
    paid: Decimal = said.row.paid
    return paid + share
