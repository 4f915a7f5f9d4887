"""Moves what a payer owes on a claim's charges to another payer, and back. `docs/money.md` says what that posts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from billing.ledger import postings
from billing.ledger import services as ledger
from billing.ledger.postings import ChargeFacts
from billing.ledger.services import Draft
from billing.models import Account, Charge, Claim, ClaimLine, Entry, LedgerLine
from billing.remittances.posting import Standing
from billing.remittances.standings import lock_charges, standings
from clients.models import Coverage
from practice import clock
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO, total


@dataclass(frozen=True, slots=True)
class Move:
    """A claim that its payer refused, and the client's plan that is asked instead; its payer is loaded.

    `delay_reason` says why a claim comes after the new payer's deadline (CLM20).
    """

    claim: Claim
    plan: Coverage
    delay_reason: str = ""


def charges_of(claim_ids: Collection[int]) -> dict[int, list[int]]:
    """The charges of each claim in the order of its lines; one statement."""
    rows = ClaimLine.objects.filter(claim__in=list(claim_ids)).order_by("claim_id", "position")
    found: dict[int, list[int]] = {pk: [] for pk in claim_ids}
    for claim_id, charge_id in rows.values_list("claim_id", "charge_id"):
        found[claim_id].append(charge_id)
    return found


def open_of(charges: Sequence[int], known: dict[int, Standing]) -> Decimal:
    """What insurers owe on these charges, in dollars: their own, and what waits for a later one."""
    return total(amount for pk in charges for _, amount in _debts(known[pk]))


def hand_over(moves: Sequence[Move], *, practice: Practice, actor: Actor) -> None:
    """The new plan is the charges' own from now on and owes what was owed; a constant number of statements."""
    of_claim = charges_of([one.claim.pk for one in moves])
    ids = [pk for charges in of_claim.values() for pk in charges]
    facts, known = lock_charges(ids), standings(ids)
    later = dict(Coverage.objects.filter(pk__in=_waiting(known)).values_list("pk", "payer_id"))
    drafts = []
    for one in moves:
        lines = [
            line
            for pk in of_claim[one.claim.pk]
            for coverage, amount in _debts(known[pk])
            for line in postings.to_other_insurer(
                _of(facts[pk], coverage, later), amount, own=facts[pk], payer_id=one.plan.payer_id
            )
        ]
        memo = f"{one.plan.payer} is billed instead of {one.claim.payer}"[:200]
        drafts += [Draft(Entry.Kind.TRANSFER, lines, clock.today(practice), memo=memo)] if lines else []
    if drafts:
        ledger.post_many(drafts, practice=practice, actor=actor)
    plans = {pk: one.plan for one in moves for pk in of_claim[one.claim.pk]}
    _name(plans)


def give_back(claim: Claim, original: Claim, *, actor: Actor) -> None:
    """The former plan is the charges' own again, and owes what had moved; nothing where both claims ask one plan."""
    if claim.coverage_id == original.coverage_id:
        return
    practice = Practice.objects.get(pk=actor.practice_id)
    charges = charges_of([claim.pk])[claim.pk]
    lock_charges(charges)
    entries = _moved(charges, since=claim.made_at)
    if entries:
        ledger.reverse_many(entries[-1:], practice=practice, actor=actor, memo=f"{claim.payer} is not billed")
    _name(dict.fromkeys(charges, original.coverage))


def _debts(standing: Standing) -> list[tuple[int | None, Decimal]]:
    """What each insurer owes on a charge, by coverage; without one it is the charge's own."""
    rows = [(None, standing.first), *standing.later.items()]
    return [(coverage, amount) for coverage, amount in rows if amount > ZERO]


def _waiting(known: dict[int, Standing]) -> set[int]:
    return {coverage for standing in known.values() for coverage in standing.later}


def _of(facts: ChargeFacts, coverage: int | None, later: dict[int, int]) -> ChargeFacts:
    """The charge as its own insurer, or a later one, is asked for it."""
    return facts if coverage is None else replace(facts, payer_id=later[coverage], coverage_id=coverage)


def _moved(charge_ids: Sequence[int], *, since: dt.datetime) -> list[Entry]:
    """What moved these charges between payers since and stands: entries of what insurers owe alone."""
    of_charges = LedgerLine.objects.filter(charge__in=list(charge_ids), entry__kind=Entry.Kind.TRANSFER)
    other = of_charges.exclude(account=Account.INSURER_RECEIVABLE).values("entry")
    own = of_charges.filter(account=Account.INSURER_RECEIVABLE, coverage__isnull=True, amount__gt=ZERO).values("entry")
    rows = Entry.objects.filter(pk__in=own, reversals__isnull=True, made_at__gte=since)
    return list(rows.exclude(pk__in=other).order_by("pk"))


def _name(plans: dict[int, Coverage]) -> None:
    """Writes down whose the charges are."""
    rows = list(Charge.objects.filter(pk__in=list(plans)).order_by("pk"))
    for row in rows:
        row.coverage_id, row.payer_id = plans[row.pk].pk, plans[row.pk].payer_id
    Charge.objects.bulk_update(rows, ["coverage", "payer"], batch_size=500)
