"""What the page that bills another payer shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from billing.claims.policies import visible_claims
from billing.fixes import reasons
from billing.fixes.reasons import Reason
from billing.models import Claim, Denial
from billing.rebilling.finding import Found, found_for
from billing.rebilling.judging import deadline, why_never
from billing.rebilling.moving import Move, charges_of, open_of
from billing.remittances.standings import standings
from clients.models import Coverage
from clients.selectors.spans import coverages_for
from practice.actors import Actor
from practice.money import ZERO
from practice.payer_rules import rulebook


@dataclass(frozen=True, slots=True)
class Plan:
    """Another plan of the client on the day of the session, and until when its payer takes the claim."""

    coverage: Coverage
    file_by: dt.date
    is_late: bool


@dataclass(frozen=True, slots=True)
class Instead:
    """A refused claim, the plans that can be asked instead, whom a 271 named, and why nobody can be asked, if so."""

    claim: Claim
    denial: Denial | None
    reason: Reason | None
    plans: list[Plan]
    found: list[Found]
    open: Decimal
    why_not: str


def instead_of(actor: Actor, claim_id: int, today: dt.date) -> Instead | None:
    """The page of one claim; None when it is not there. A fixed number of queries."""
    rows = visible_claims(actor).select_related("client", "payer", "coverage", "rendering")
    claim = rows.filter(pk=claim_id).first()
    if claim is None:
        return None
    denial = Denial.objects.filter(claim=claim).exclude(status=Denial.Status.RESOLVED).order_by("-pk").first()
    charges = charges_of([claim.pk])[claim.pk]
    still_open = open_of(charges, standings(charges))
    return Instead(
        claim=claim,
        denial=denial,
        reason=reasons.of_denial(denial.reasons) if denial else None,
        plans=_plans(claim, today),
        found=found_for(claim),
        open=still_open,
        why_not=_why_not(claim, still_open),
    )


def _plans(claim: Claim, today: dt.date) -> list[Plan]:
    covered = coverages_for({(claim.client_id, claim.service_on)})[claim.client_id, claim.service_on]
    others = [row for row in covered if row.pk != claim.coverage_id]
    rules = rulebook({row.payer_id for row in others})
    made = [(row, deadline(Move(claim, row), rules)) for row in others]
    return [Plan(row, by, by < today) for row, by in made]


def _why_not(claim: Claim, still_open: Decimal) -> str:
    if why := why_never(claim):
        return why
    return "" if still_open > ZERO else "Nothing of this claim is open with its payer any more."
