"""What the form that corrects a claim shows beside its fields: why it came back, what is at stake, who else pays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from billing.claims.policies import visible_claims
from billing.claims.words import CHIPS, Chip
from billing.fixes import reasons
from billing.fixes.places import REPLACEABLE, Subject
from billing.fixes.reasons import Reason
from billing.models import Claim, ClaimLine, Denial
from billing.rejections.loading import at_stake, items
from clients.models import Coverage
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO


@dataclass(frozen=True, slots=True)
class Correctable:
    """One claim with its lines, the client's plans of that day, why it came back, and the dollars at stake."""

    claim: Claim
    chip: Chip
    lines: list[ClaimLine]
    plans: list[Coverage]
    reason: Reason | None
    text: str
    since: dt.datetime | None
    stake: Decimal
    subject: Subject


def correctable(actor: Actor, claim_id: int, practice: Practice) -> Correctable | None:
    """The claim; None when it is not there. A fixed number of queries."""
    rows = visible_claims(actor).filter(pk=claim_id)
    claim = rows.select_related("client", "payer", "coverage", "rendering", "attendance").first()
    if claim is None:
        return None
    lines = list(ClaimLine.objects.filter(claim=claim).order_by("position"))
    reason, text, since = _why(claim)
    return Correctable(
        claim, CHIPS[claim.status], lines, plans_on(claim), reason, text, since,
        at_stake([claim.pk]).get(claim.pk, ZERO), subject_of(claim),
    )  # fmt: skip


def subject_of(claim: Claim) -> Subject:
    """What links about a claim name; its coverage and attendance are loaded."""
    return Subject(
        claim_id=claim.pk,
        client_id=claim.client_id,
        coverage_id=claim.coverage_id,
        is_own=claim.coverage.is_own,
        payer_id=claim.payer_id,
        rendering_id=claim.rendering_id,
        session_id=claim.attendance.session_id,
        replaces=claim.status in REPLACEABLE,
    )


def plans_on(claim: Claim) -> list[Coverage]:
    """The client's plans that covered the days of its sessions, and the one the claim asks."""
    runs = Q(starts_on__lte=claim.service_on) & (Q(ends_on=None) | Q(ends_on__gte=claim.last_on))
    rows = Coverage.objects.filter(runs | Q(pk=claim.coverage_id), client=claim.client_id)
    return list(rows.select_related("payer").order_by("rank", "pk"))


def _why(claim: Claim) -> tuple[Reason | None, str, dt.datetime | None]:
    """The reason of its last refusal: by an acknowledgment, by our check, or by a remittance."""
    if claim.status in {Claim.Status.DRAFT, Claim.Status.REJECTED}:
        (item,) = items(Claim.objects.filter(pk=claim.pk))
        return item.reason, item.text, item.since
    denial = Denial.objects.filter(claim=claim).order_by("-pk").first()
    return (reasons.of_denial(denial.reasons), "", denial.made_at) if denial else (None, "", None)
