"""What pages show of a pair of claims: who was asked first, who is asked next, and what still waits for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from billing.claims.policies import visible_claims
from billing.claims.words import CHIPS, Chip
from billing.models import Account, Claim, ClaimLine, LedgerLine, RemittanceClaim
from billing.secondary.following import why_nots
from billing.secondary.listing import PATIENCE
from billing.secondary.owing import left_for_later
from billing.secondary.services import why_not_asked
from billing.secondary.standing import answers_of
from billing.secondary.turns import next_coverage
from clients.missing import is_medicare_second
from clients.models import Coverage
from practice.actors import Actor
from practice.money import ZERO


@dataclass(frozen=True, slots=True)
class Other:
    """The other claim of the pair."""

    claim: Claim
    chip: Chip


@dataclass(frozen=True, slots=True)
class Pair:
    """What a claim's page says of the payers before and after; `why_not` is why the next one cannot be asked.

    `stale` says that the first payer changed its answer since, `overdue` that one passed on was not answered in time.
    `paid` is what each payer paid on the charges, in dollars, where there are two.
    """

    claim: Claim
    before: Other | None
    answer: RemittanceClaim | None
    after: tuple[Other, ...]
    coverage: Coverage | None
    waiting: Decimal
    why_not: str
    stale: bool
    awaited_until: dt.date | None
    overdue: bool
    paid: tuple[tuple[str, Decimal], ...] = ()

    @property
    def needs_medicare_type(self) -> bool:
        """Whether the claim waits for why Medicare pays second."""
        one = self.claim
        draft = one.follows_id is not None and one.status == Claim.Status.DRAFT
        return draft and is_medicare_second(one.payer, one.coverage.rank) and not one.coverage.medicare_type

    @property
    def may_ask(self) -> bool:
        """Whether the next payer can be asked now."""
        return self.coverage is not None and not self.why_not and not self.is_asked

    @property
    def is_asked(self) -> bool:
        """Whether a claim to the next payer stands."""
        return any(one.claim.status not in {"withdrawn", "replaced", "voided"} for one in self.after)

    @property
    def waits_for_nobody(self) -> bool:
        """Whether something is left for the next payer and no claim asks for it."""
        return self.waiting > ZERO and not self.is_asked and self.before is None


def pair_of(actor: Actor, claim: Claim, today: dt.date) -> Pair:
    """The pair a claim is part of; a fixed number of queries."""
    before = visible_claims(actor).select_related("payer").filter(pk=claim.follows_id or 0).first()
    after = visible_claims(actor).filter(attendance=claim.attendance_id, follows__isnull=False)
    rows = list(after.select_related("payer").order_by("-pk")) if before is None else []
    answers = answers_of([claim.pk if before is None else before.pk])
    answer = next(iter(answers.values()), None)
    coverage = next_coverage(claim) if before is None else None
    awaited, charges = _awaited_until(claim, answer), _charges(claim.pk)
    return Pair(
        claim=claim,
        before=Other(before, CHIPS[before.status]) if before else None,
        answer=answer,
        after=tuple(Other(row, CHIPS[row.status]) for row in rows),
        coverage=coverage,
        waiting=left_for_later(charges),
        why_not=_why_not(claim, coverage, answer) if before is None else "",
        stale=_is_stale(claim, answer),
        awaited_until=awaited,
        overdue=awaited is not None and today > awaited,
        paid=_paid(charges) if before or rows else (),
    )


def _paid(charge_ids: Sequence[int]) -> tuple[tuple[str, Decimal], ...]:
    """What each payer paid, by the claims their answers were about, the first to pay first."""
    lines = LedgerLine.objects.filter(charge__in=charge_ids, account=Account.PAYER_CLEARING).order_by("pk")
    found: dict[str, Decimal] = {}
    for name, amount in lines.values_list("entry__remittance_claim__claim__payer__name", "amount"):
        found[name or "Insurer"] = found.get(name or "Insurer", ZERO) + amount
    return tuple(found.items())


def _why_not(claim: Claim, coverage: Coverage | None, answer: RemittanceClaim | None) -> str:
    if (why := why_not_asked(claim, coverage, answer)) or answer is None:
        return why
    return why_nots([(claim.pk, answer)]).get(claim.pk, "")


def _is_stale(claim: Claim, answer: RemittanceClaim | None) -> bool:
    over = claim.status in {Claim.Status.WITHDRAWN, Claim.Status.REPLACED, Claim.Status.VOIDED}
    return bool(claim.follows_id and not over and (answer is None or answer.pk != claim.follows_answer_id))


def _awaited_until(claim: Claim, answer: RemittanceClaim | None) -> dt.date | None:
    if not claim.forwarded or claim.status != Claim.Status.SENT or answer is None:
        return None
    return (answer.remittance.paid_on or claim.made_at.date()) + PATIENCE


def _charges(claim_id: int) -> Sequence[int]:
    return list(ClaimLine.objects.filter(claim=claim_id).values_list("charge_id", flat=True))
