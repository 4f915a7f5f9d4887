"""What a person does about the next payer: asks it, asks it although the first passed the claim on, or lets it be."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.db import transaction

from billing.claims import events
from billing.claims.correcting import locked
from billing.claims.errors import ClaimRefusedError
from billing.ledger import postings
from billing.ledger import services as ledger
from billing.ledger.postings import ChargeFacts, Posting
from billing.ledger.services import Draft
from billing.models import Claim, ClaimEvent, ClaimLine, Denial, Entry, RemittanceClaim
from billing.money.services import move
from billing.money.services.charges import CLIENT
from billing.receivables import owed_by_later
from billing.remittances.aftermath import resolve_many
from billing.remittances.posting import Standing
from billing.remittances.standings import lock_charges, standings
from billing.secondary import making
from billing.secondary.following import retell, why_nots
from billing.secondary.making import Next
from billing.secondary.standing import answers_of, followers_of
from billing.secondary.turns import next_coverage
from clients.models import Coverage
from practice import audit, clock, states
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO

ANSWERED: Final = frozenset({Claim.Status.PAID, Claim.Status.PARTIALLY_PAID, Claim.Status.DENIED})
_OPEN: Final = (Denial.Status.OPEN, Denial.Status.WAITING)


@transaction.atomic
def bill_next(*, actor: Actor, practice: Practice, claim_id: int) -> Claim:
    """Asks the client's next payer for what the first one left; what the client has not paid of it goes along.

    Where the first payer refused the claim, all that is open is asked of the next, and the refusal is closed.
    ClaimRefusedError, in a sentence, where there is nobody to ask or nothing to tell.
    """
    actor.require("claims:edit")
    first = locked(claim_id)
    coverage = next_coverage(first)
    answer = answers_of([first.pk]).get(first.pk)
    if coverage is None or answer is None or first.status not in ANSWERED:
        raise ClaimRefusedError(why_not_asked(first, coverage, answer))
    if followers_of([first.pk]):
        raise ClaimRefusedError(f"{coverage.payer} is asked already. Go on with that claim.")
    if why := why_nots([(first.pk, answer)]).get(first.pk):
        raise ClaimRefusedError(why)
    _hand_over(first, coverage, practice=practice, actor=actor)
    claim = making.make([Next(first, answer, coverage)], actor=actor)[0]
    audit.record("claim.next_payer_asked", actor=actor, row=first, client_id=first.client_id, after={"claim": claim.pk})
    return claim


@transaction.atomic
def send_ourselves(*, actor: Actor, claim_id: int) -> Claim:
    """Sends a claim that the first payer said it had passed on, and that nobody answered."""
    actor.require("claims:edit")
    claim = locked(claim_id)
    if not claim.forwarded or claim.status != Claim.Status.SENT:
        raise ClaimRefusedError("Only a claim that was passed on and is not answered yet can be sent from here.")
    claim.forwarded = False
    claim.save(update_fields=["forwarded"])
    states.transition(claim, Claim.Status.READY, actor=actor, reason="Sent by the practice after all")
    title = "Goes out from here after all"
    events.record([events.event(claim, ClaimEvent.Kind.CORRECTED, title, actor=actor)])
    audit.record("claim.sent_by_ourselves", actor=actor, row=claim, client_id=claim.client_id)
    making.check_again([claim.pk], actor=actor)
    return claim


@transaction.atomic
def ask_client(*, actor: Actor, claim_id: int) -> Claim:
    """Asks the client for what waits for the next payer; ClaimRefusedError while a claim asks that payer."""
    actor.require("money:edit")
    first = locked(claim_id)
    if followers_of([first.pk]):
        raise ClaimRefusedError("The next payer is asked for it. Withdraw that claim first.")
    waiting = _waiting(first)
    if not waiting:
        raise ClaimRefusedError("Nothing waits for the next payer any more.")
    for charge_id, coverage_id, amount in waiting:
        move(
            actor=actor,
            charge_id=charge_id,
            amount=amount,
            to=CLIENT,
            reason="The next payer is not asked",
            coverage_id=coverage_id,
        )
    return first


@transaction.atomic
def tell_anew(*, actor: Actor, claim_id: int) -> Claim:
    """Replaces a claim that tells a former answer of the first payer; ClaimRefusedError where it cannot be yet."""
    actor.require("claims:edit")
    claim = locked(claim_id)
    first = Claim.objects.select_related("payer").filter(pk=claim.follows_id or 0).first()
    answer = answers_of([first.pk]).get(first.pk) if first else None
    if first is None or answer is None or claim.follows_answer_id == answer.pk:
        raise ClaimRefusedError("This claim tells what the first payer says now.")
    made = retell(claim, answer, actor=actor, first=first, asked=True)
    if made.follows_answer_id != answer.pk:
        raise ClaimRefusedError("Its payer has not taken this claim yet. It can be replaced when it has.")
    return made


def why_not_asked(first: Claim, coverage: Coverage | None, answer: RemittanceClaim | None) -> str:
    """Why the next payer cannot be asked; empty where nothing here speaks against it."""
    if first.follows_id is not None:
        return "This claim goes to a later payer itself."
    if coverage is None:
        return "No secondary coverage is on file for this day. Add it on the client’s page."
    if answer is None or first.status not in ANSWERED:
        return "The first payer has not answered yet. Its answer has to be posted before the next one is asked."
    return ""


def _hand_over(first: Claim, coverage: Coverage, *, practice: Practice, actor: Actor) -> None:
    """What the client has not paid, and of a refused claim all that is open, is owed by the next payer now."""
    ids = list(ClaimLine.objects.filter(claim=first).values_list("charge_id", flat=True))
    facts, known = lock_charges(ids), standings(ids)
    refused = first.status == Claim.Status.DENIED
    parts = [line for pk in sorted(facts) for line in _handed(facts[pk], known[pk], coverage, refused=refused)]
    if parts:
        memo = f"{coverage.payer} is asked next"
        draft = Draft(Entry.Kind.TRANSFER, parts, clock.today(practice), memo=memo)
        ledger.post(draft, practice=practice, actor=actor)
    elif not any(row.later.get(coverage.pk) or row.paid for row in known.values()):
        raise ClaimRefusedError("Nothing of this claim is open, so the next payer has nothing to pay.")
    if refused:
        rows = list(Denial.objects.select_for_update(no_key=True).filter(claim=first, status__in=_OPEN))
        resolve_many(rows, Denial.Resolution.NEXT_PAYER, f"{coverage.payer} is asked", actor=actor)


def _handed(facts: ChargeFacts, row: Standing, coverage: Coverage, *, refused: bool) -> list[Posting]:
    own = max(row.first, ZERO) if refused else ZERO
    return postings.to_next(facts, own, max(row.client, ZERO), payer_id=coverage.payer_id, coverage_id=coverage.pk)


def _waiting(first: Claim) -> list[tuple[int, int, Decimal]]:
    ids = list(ClaimLine.objects.filter(claim=first).order_by("position").values_list("charge_id", flat=True))
    found = owed_by_later(ids)
    return [(pk, cover, one.by_insurer) for pk in ids for cover, one in found.get(pk, {}).items() if one.by_insurer > 0]
