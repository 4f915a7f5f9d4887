"""Suggests claims of ours for a claim of a remittance that matches none. A person decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from billing.models import Claim, ClaimLine, RemittanceClaim, RemittanceLine
from billing.remittances.words import money

_CANDIDATES: Final = 200
_SHOWN: Final = 5
_ENOUGH: Final = 4
_WEIGHTS: Final = {"Member ID": 4, "Date": 3, "Name": 2, "Code": 2, "Charge": 2}
_NEVER_LEFT: Final = (Claim.Status.DRAFT, Claim.Status.READY, Claim.Status.BATCHED, Claim.Status.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing compared: what, whether it agrees, and the two values in words."""

    label: str
    agrees: bool
    words: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A claim that may be meant, how well it fits, and why."""

    claim: Claim
    score: int
    signs: Sequence[Sign]


def suggestions(row: RemittanceClaim) -> list[Suggestion]:
    """The claims that fit best, in four statements; none that agrees in too little to be worth a look."""
    lines = list(RemittanceLine.objects.filter(remittance_claim=row))
    claims = _candidates(row, lines)
    codes: dict[int, set[str]] = {}
    for claim_id, code in ClaimLine.objects.filter(claim__in=claims).values_list("claim_id", "code"):
        codes.setdefault(claim_id, set()).add(code)
    made = [_suggestion(row, lines, claim, codes.get(claim.pk, set())) for claim in claims]
    good = [one for one in made if one.score >= _ENOUGH]
    return sorted(good, key=lambda one: (-one.score, one.claim.pk))[:_SHOWN]


def _candidates(row: RemittanceClaim, lines: Sequence[RemittanceLine]) -> list[Claim]:
    days = {day for day in (row.service_on, *(line.service_on for line in lines)) if day}
    wanted = Q(pk__in=ClaimLine.objects.filter(service_on__in=days).values("claim"))
    if row.member_id:
        wanted |= Q(coverage__member_id__iexact=row.member_id)
    found = Claim.objects.filter(wanted).exclude(status__in=_NEVER_LEFT)
    return list(found.select_related("client", "coverage", "payer").order_by("-service_on", "pk")[:_CANDIDATES])


def _suggestion(row: RemittanceClaim, lines: Sequence[RemittanceLine], claim: Claim, codes: set[str]) -> Suggestion:
    said_codes = {line.code for line in lines if line.code}
    days = {day for day in (row.service_on, *(line.service_on for line in lines)) if day}
    name = f"{claim.client.first_name} {claim.client.last_name}"
    member = claim.coverage.member_id
    signs = [
        Sign("Member ID", bool(member) and _same(member, row.member_id), f"{row.member_id or 'none'}, {member}"),
        Sign("Date", any(_asks_for(claim, day) for day in days), f"{row.service_on or 'none'}, {claim.service_on}"),
        Sign("Code", bool(said_codes & codes), f"{', '.join(sorted(said_codes))}, {', '.join(sorted(codes))}"),
        Sign("Charge", abs(row.charge) == claim.total, f"{money(row.charge)}, {money(claim.total)}"),
        Sign("Name", _named(row.client_name, claim.client.last_name), f"{row.client_name or 'none'}, {name}"),
    ]
    return Suggestion(claim, sum(_WEIGHTS[sign.label] for sign in signs if sign.agrees), signs)


def _asks_for(claim: Claim, day: dt.date) -> bool:
    """Whether the day lies among those of its sessions."""
    return claim.service_on <= day <= claim.last_on


def _same(first: str, second: str) -> bool:
    return _plain(first) == _plain(second)


def _named(said: str, last_name: str) -> bool:
    """Payers shorten first names; the last name has to be there."""
    return bool(last_name) and _plain(last_name) in _plain(said)


def _plain(value: str) -> str:
    return "".join(filter(str.isalnum, value)).casefold()
