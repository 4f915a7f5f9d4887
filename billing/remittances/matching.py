"""Finds which claim of ours, and which charge, a remittance speaks of. Set-based: a constant number of statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from billing.models import Claim, ClaimLine, LegacyClaim, RemittanceClaim, RemittanceLine, Submission

Lines = Sequence[RemittanceLine]


@dataclass(frozen=True, slots=True)
class Asked:
    """A line as we sent it."""

    charge_id: int
    reference: str
    code: str
    modifiers: frozenset[str]
    amount: Decimal
    service_on: dt.date


def match_claims(rows: Sequence[RemittanceClaim]) -> None:
    """Sets claim and how it was found on rows that have none: by our number, else by the payer's.

    Nothing is saved. Two claims under one payer's number are no match.
    """
    free = [row for row in rows if row.claim_id is None and row.match == RemittanceClaim.Match.NONE]
    ours = _by_number({row.number.upper() for row in free if row.number})
    theirs = _by_payer_number({row.payer_control_number for row in free if row.payer_control_number})
    for row in free:
        if row.number.upper() in ours:
            row.claim_id, row.match = ours[row.number.upper()], RemittanceClaim.Match.NUMBER
        elif row.payer_control_number in theirs:
            row.claim_id, row.match = theirs[row.payer_control_number], RemittanceClaim.Match.PAYER_NUMBER


def match_lines(pairs: Iterable[tuple[RemittanceClaim, Lines]]) -> None:
    """Sets the charge of every line of matched claims, where it is certain. Nothing is saved."""
    matched = [(row, lines) for row, lines in pairs if row.claim_id is not None]
    asked = asked_of({row.claim_id for row, _ in matched if row.claim_id})
    for row, lines in matched:
        _match_lines(lines, asked.get(row.claim_id or 0, []))


def asked_of(claim_ids: Iterable[int]) -> dict[int, list[Asked]]:
    """The lines of claims as we sent them, by claim."""
    found: dict[int, list[Asked]] = {}
    rows = ClaimLine.objects.filter(claim__in=list(claim_ids)).order_by("position")
    for claim_id, charge_id, reference, code, modifiers, amount, service_on in rows.values_list(
        "claim_id", "charge_id", "reference", "code", "modifiers", "amount", "service_on"
    ):
        asked = Asked(charge_id, reference, code, frozenset(modifiers), amount, service_on)
        found.setdefault(claim_id, []).append(asked)
    return found


def _by_number(numbers: set[str]) -> dict[str, int]:
    """Earlier numbers of a claim find it too, and the number it had in a former system."""
    earlier = Submission.objects.filter(number__in=numbers).values_list("number", "claim_id")
    current = Claim.objects.filter(number__in=numbers).values_list("number", "pk")
    former = LegacyClaim.objects.filter(number__in=numbers - {""}, undone_at=None).values_list("number", "claim_id")
    return dict(former) | dict(earlier) | dict(current)


def _by_payer_number(numbers: set[str]) -> dict[str, int]:
    found: dict[str, set[int]] = {}
    rows = Claim.objects.filter(payer_control_number__in=numbers).values_list("payer_control_number", "pk")
    for number, claim_id in rows:
        found.setdefault(number, set()).add(claim_id)
    return {number: next(iter(ids)) for number, ids in found.items() if len(ids) == 1}


def _match_lines(lines: Lines, asked: Sequence[Asked]) -> None:
    taken: set[int] = set()
    for line in lines:
        fits = _fits(line, asked)
        fresh = [one for one in fits if one.charge_id not in taken] or fits
        line.charge_id = fresh[0].charge_id if fresh else None
        if fresh:
            taken.add(fresh[0].charge_id)


def _fits(line: RemittanceLine, asked: Sequence[Asked]) -> list[Asked]:
    """What the line may be, the surest way first (`edi.md` 4.3); nothing where several could be meant.

    By our reference; by code, modifiers, date and charge; the same without the modifiers, which payers drop; by code
    and date where one line has them; the only line there is. Where the payer judged another code than was billed, the
    billed one counts.
    """
    code = (line.original or line.code).upper()
    by_reference = [one for one in asked if line.reference and one.reference.upper() == line.reference.upper()]
    by_code = [one for one in asked if one.code == code and line.service_on in (None, one.service_on)]
    same_charge = [one for one in by_code if one.amount == abs(line.charged)]
    exact = [one for one in same_charge if one.modifiers == frozenset(line.modifiers)]
    sure = by_reference or exact
    if sure:
        return sure
    for fits in (same_charge, by_code, asked):
        if len(fits) == 1:
            return list(fits)
    return []
