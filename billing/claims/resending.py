"""Correct and resend in one motion: put right, and in a batch that leaves after the practice's delay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.db import transaction

from billing.claims import batching, correcting, events
from billing.claims.correcting import Correction
from billing.holds import standing
from billing.models import Batch, Claim, ClaimEvent, Denial
from billing.remittances.aftermath import resolve_many
from practice import audit, states
from practice.actors import Actor
from practice.money import total
from practice.payer_rules import rulebook

ON_HOLD: Final = "on hold"
_GONE: Final = "no longer to correct"
_NO_NUMBER: Final = "without the payer’s own number"
_WORN: Final = "sent 99 times already"
_AS_IT_IS: Final = "Sent again as it is"
_OPEN: Final = (Denial.Status.OPEN, Denial.Status.WAITING)
_BACK: Final = frozenset({Claim.Status.DRAFT, Claim.Status.REJECTED})


@dataclass(frozen=True, slots=True)
class Resent:
    """What goes again, in which batch (none without a connection), what was left for which reason, what is on hold."""

    claims: list[Claim]
    batch: Batch | None
    left: dict[str, int] = field(default_factory=dict)
    kept: list[Claim] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """Dollars charged on what goes."""
        return total(claim.total for claim in self.claims)


@transaction.atomic
def correct_and_resend(*, actor: Actor, claim_id: int, correction: Correction) -> Resent:
    """Corrects a claim that never was judged and batches it as an original; ClaimRefusedError as `correct` raises it.

    One on hold is corrected and stays.
    """
    claim = correcting.correct(actor=actor, claim_id=claim_id, correction=correction)
    return _batched([claim], actor, Counter())


@transaction.atomic
def replace_and_resend(*, actor: Actor, claim_id: int, correction: Correction) -> Resent:
    """Makes the replacement of a claim the payer has judged and batches it; ClaimRefusedError as `replace` does.

    Its open denials are resolved: this is what became of them.
    """
    denied = list(Denial.objects.select_for_update(no_key=True).filter(claim=claim_id, status__in=_OPEN))
    resolve_many(denied, Denial.Resolution.RESENT, "", actor=actor)
    claim = correcting.replace(actor=actor, claim_id=claim_id, correction=correction)
    return _batched([claim], actor, Counter())


@transaction.atomic
def resend_many(*, actor: Actor, claim_ids: Collection[int]) -> Resent:
    """Sends claims that came back again as they are, after what was wrong was put right elsewhere.

    A constant number of statements; what is on hold or went on meanwhile is left and counted.
    """
    actor.require("claims:edit")
    rows = _locked(claim_ids)
    held = standing.of_claims([row.pk for row in rows])
    left = Counter({_GONE: len(set(claim_ids)) - len(rows)})
    back = [row for row in rows if row.status in _BACK]
    left[_GONE] += len(rows) - len(back)
    left[ON_HOLD] += sum(row.pk in held for row in back)
    claims = _renumbered([row for row in back if row.pk not in held], left)
    for claim in claims:
        claim.problems = []
    Claim.objects.bulk_update(claims, ["number", "problems"], batch_size=500)
    states.transition_many(claims, Claim.Status.READY, actor=actor, reason=_AS_IT_IS)
    events.record(events.event(row, ClaimEvent.Kind.CORRECTED, _AS_IT_IS, actor=actor) for row in claims)
    audit.record_many(audit.event("claim.resent", actor=actor, row=row, client_id=row.client_id) for row in claims)
    return _batched(claims, actor, left)


@transaction.atomic
def replace_many(*, actor: Actor, claim_ids: Collection[int]) -> Resent:
    """Replaces claims the payer has judged with claims that say the same from what is true now (CLM05-3 = 7).

    A constant number of statements; those without the payer's number, or replaced meanwhile, are left and counted.
    """
    actor.require("claims:edit")
    rows = _locked(claim_ids)
    left = Counter({_GONE: len(set(claim_ids)) - len(rows)})
    rules = rulebook({row.payer_id for row in rows})
    good: dict[str, list[Claim]] = {}
    for row in rows:
        frequency = correcting.frequency_after(row, rules)
        if not correcting.why_not_replaced(row, frequency=frequency):
            good.setdefault(frequency, []).append(row)
        else:
            left[_NO_NUMBER if not correcting.why_not_replaced(row, "known") else _GONE] += 1
    made = [one for how, originals in good.items() for one in correcting.successors(actor, originals, how)]
    return _batched(made, actor, left)


def sentence_of(resent: Resent) -> str:
    """What became of it in words, with what was left and why."""
    count = len(resent.claims)
    these = f"{count} claim{'' if count == 1 else 's'}"
    if not count:
        said = "No claim was sent again."
    elif resent.batch is None:
        said = f"{these} {'is' if count == 1 else 'are'} ready. No clearinghouse is connected, so nothing leaves yet."
    else:
        said = f"{these} {'is' if count == 1 else 'are'} in batch {resent.batch.pk}, which leaves soon."
    return " ".join([said, *(f"{number} left: {why}." for why, number in _told(resent.left))])


def _told(left: dict[str, int]) -> Iterable[tuple[str, int]]:
    return ((why, number) for why, number in left.items() if number)


def _locked(claim_ids: Collection[int]) -> list[Claim]:
    rows = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=list(claim_ids))
    return list(rows.order_by("pk"))


def _renumbered(claims: Sequence[Claim], left: Counter[str]) -> list[Claim]:
    """Those that were rejected under their next number; one sent 99 times is left."""
    rejected = [claim for claim in claims if claim.status == Claim.Status.REJECTED]
    worn = {claim.pk for claim in rejected if not correcting.may_renumber(claim)}
    left[_WORN] += len(worn)
    correcting.renumber([claim for claim in rejected if claim.pk not in worn])
    return [claim for claim in claims if claim.pk not in worn]


def _batched(claims: list[Claim], actor: Actor, left: Counter[str]) -> Resent:
    held = standing.of_claims([claim.pk for claim in claims])
    if held:
        left[ON_HOLD] += len(held)
    going = [claim for claim in claims if claim.pk not in held]
    batch = batching.batch_many(going, actor=actor) if going else None
    return Resent(going, batch, dict(left), [claim for claim in claims if claim.pk in held])
