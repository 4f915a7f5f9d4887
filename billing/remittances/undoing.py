"""Takes the posting of a remittance back: every entry by its exact opposite, and claims, denials and takebacks follow.

The remittance is held afterwards, so that a person looks before it is posted again or set aside.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Q

from billing.claims import events
from billing.ledger import postings
from billing.ledger import services as ledger
from billing.ledger.postings import ChargeFacts
from billing.ledger.services import Draft
from billing.models import Claim, ClaimEvent, ClaimLine, Denial, Entry, LedgerLine, Remittance, RemittanceClaim
from billing.receivables import balances
from billing.remittances import posting
from billing.remittances.aftermath import resolve_many
from billing.remittances.errors import NotReadyError, RemittanceRefusedError
from billing.remittances.holding import TAKEN_BACK, Hold, judge
from billing.remittances.posting import Standing
from billing.remittances.services import lock_claims, locked
from billing.remittances.standings import lock_charges, standings
from billing.remittances.words import money, name
from billing.secondary import following
from billing.secondary.turns import turns
from billing.takebacks import feeding
from clients.models import Client
from edi.remittances.model import PREDETERMINATION, REVERSAL
from practice import audit, clock, states
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO, total

_OVER: Final = frozenset({Claim.Status.REPLACED, Claim.Status.VOIDED})
_WORKED: Final = (Denial.Status.OPEN, Denial.Status.WAITING)
_CLOSED: Final = (Denial.Resolution.PAID, Denial.Resolution.TAKEN_BACK)
_BY_ANSWERS: Final = (Entry.Kind.PROVIDER, Entry.Kind.DEPOSIT)


@transaction.atomic
def take_back(remittance_id: int, *, reason: str, actor: Actor, practice: Practice) -> Remittance:
    """Undoes a posting, its deposit with it; what the client had paid on shares that are gone becomes credit.

    RemittanceRefusedError without a reason, when a later remittance rests on it, when credit it left was refunded or
    used, or when what it opened was written off or moved since.
    """
    actor.require("remittances:edit")
    row = locked(remittance_id)
    if row.status != Remittance.Status.POSTED:
        raise NotReadyError("This remittance is not posted.")
    if not reason.strip():
        raise RemittanceRefusedError("Say why the posting is taken back.")
    claims = lock_claims(row)
    answers = list(RemittanceClaim.objects.filter(remittance=row))
    _refuse_later(row, answers, claims)
    entries = _entries(row, answers)
    charges = lock_charges(_charge_ids(entries, claims))
    before = standings(charges)
    reversals = _reverse(entries, reason.strip()[:200], practice, actor)
    _release(charges, practice, actor)
    _refuse_worse(before, standings(charges), charges)
    RemittanceClaim.objects.filter(remittance=row).update(reverses=None)
    _hold(row, reason.strip(), actor)
    _settle(row, answers, claims, standings(charges), actor)
    by_entry = {one.reverses_id or 0: one.pk for one in reversals}
    feeding.unfeed(row, by_entry, actor=actor, today=clock.today(practice), why=reason.strip())
    _tell(row, claims.values(), reason.strip(), actor)
    following.taken_back(list(claims), actor=Actor.system(practice.pk))
    return row


def _refuse_later(row: Remittance, answers: Sequence[RemittanceClaim], claims: dict[int, Claim]) -> None:
    """The last posting is taken back first: what came later was figured on what stood then."""
    charges = ClaimLine.objects.filter(claim__in=list(claims)).values_list("charge_id", flat=True)
    same = set(ClaimLine.objects.filter(charge__in=list(charges)).values_list("claim_id", flat=True))
    posted = RemittanceClaim.objects.filter(remittance__status=Remittance.Status.POSTED).exclude(remittance=row)
    rests = Q(reverses__in=[one.pk for one in answers]) | Q(claim__in=same, remittance__posted_at__gt=row.posted_at)
    later = posted.filter(rests).select_related("remittance").order_by("-remittance__posted_at", "-pk").first()
    if later is not None:
        raise RemittanceRefusedError(
            f"{name(later.remittance)} was posted after it and speaks of the same claims. Take that posting back first."
        )


def _entries(row: Remittance, answers: Sequence[RemittanceClaim]) -> dict[int, int]:
    """What the posting wrote and still stands, the newest first, each with the entry that holds it now.

    An answer that was taken back, and the taking back undone, stands as the entry that brought its lines back. What
    was posted, taken back and posted again is held by one entry, and is undone once.
    """
    of_answers = Q(remittance_claim__in=[one.pk for one in answers])
    of_payment = Q(kind__in=_BY_ANSWERS, lines__remittance=row)
    of_shares = Q(kind=Entry.Kind.REMITTANCE, lines__remittance=row)  # kept for other answers when one was taken back
    found = Entry.objects.filter(of_answers | of_payment | of_shares).values_list("pk", flat=True)
    holders: dict[int, int] = {}
    for pk, holder in ledger.standing_entries(sorted(set(found), reverse=True)).items():
        holders.setdefault(holder, pk)
    return {pk: holder for holder, pk in holders.items()}


def _reverse(entries: dict[int, int], memo: str, practice: Practice, actor: Actor) -> list[Entry]:
    """The opposite of what each entry wrote, against the entry that holds it now, so that its own clearing empties."""
    lines = ledger.lines_of(list(entries))
    heads = Entry.objects.in_bulk(list(entries.values()))
    drafts = []
    for pk, number in entries.items():
        head = heads[number]
        back = postings.negation(lines[pk])
        drafts.append(Draft(Entry.Kind.REVERSAL, back, head.effective_on, head.payment_id, number, memo))
    return ledger.post_many(drafts, practice=practice, actor=actor)


def _charge_ids(entries: Collection[int], claims: dict[int, Claim]) -> set[int]:
    rows = LedgerLine.objects.filter(entry__in=list(entries), charge__isnull=False)
    named = {pk for pk in rows.values_list("charge_id", flat=True) if pk is not None}
    return named | set(ClaimLine.objects.filter(claim__in=list(claims)).values_list("charge_id", flat=True))


def _release(charges: dict[int, ChargeFacts], practice: Practice, actor: Actor) -> None:
    """What clients paid on a share that is gone is their credit."""
    drafts = []
    for pk, standing in standings(charges).items():
        amount = posting.overpaid(standing)
        if amount:
            lines = postings.release(charges[pk], amount)
            drafts.append(Draft(Entry.Kind.APPLY, lines, clock.today(practice), memo="Its share was taken back"))
    if drafts:
        ledger.post_many(drafts, practice=practice, actor=actor)


def _refuse_worse(before: dict[int, Standing], after: dict[int, Standing], charges: dict[int, ChargeFacts]) -> None:
    clients = {facts.client_id for facts in charges.values()}
    short = {pk: -found.credit for pk, found in balances(clients).items() if found.credit < ZERO}
    for client in Client.objects.filter(pk__in=short).order_by("pk")[:1]:
        raise RemittanceRefusedError(
            f"{money(short[client.pk])} of the credit this posting left to {client.name} was refunded or used since. "
            "Take that back first."
        )
    for pk, standing in after.items():
        if standing.insurer < min(before[pk].insurer, ZERO):
            raise RemittanceRefusedError(
                f"{money(-standing.insurer)} of what it took back was written off or moved since. Undo that first."
            )


def _hold(row: Remittance, reason: str, actor: Actor) -> None:
    words = f"{actor.name} took its posting back: {reason}. Let it go to post it again, or set it aside."
    row.accepted = [one for one in row.accepted if one["code"] != TAKEN_BACK]
    row.held_for = [asdict(Hold(TAKEN_BACK, words, may_accept=True))]
    row.posted_at, row.posted_by_name = None, ""
    row.save(update_fields=["accepted", "held_for", "posted_at", "posted_by_name"])
    states.transition(row, Remittance.Status.HELD, actor=actor, reason=reason[:300])
    row.held_for = [asdict(hold) for hold in judge(row).holds]
    row.save(update_fields=["held_for"])
    audit.record("remittance.taken_back", actor=actor, row=row, after={"reason": reason, "amount": str(row.amount)})


def _settle(
    row: Remittance,
    answers: Sequence[RemittanceClaim],
    claims: dict[int, Claim],
    now: dict[int, Standing],
    actor: Actor,
) -> None:
    """States and denials as the answers that are left leave them."""
    left = _left(claims)
    of_claim: dict[int, list[int]] = {pk: [] for pk in claims}
    for claim_id, charge_id in ClaimLine.objects.filter(claim__in=list(claims)).values_list("claim_id", "charge_id"):
        of_claim[claim_id].append(charge_id)
    open_now = _open(of_claim, now)
    for pk, claim in claims.items():
        state = _state(left.get(pk, []), open_now[pk])
        if claim.status not in _OVER | {state} and states.may_become(claim, state):
            states.transition(claim, state, actor=actor, reason=f"The posting of {name(row)} was taken back"[:300])
    made = Denial.objects.filter(remittance_claim__in=[one.pk for one in answers], status__in=_WORKED)
    resolve_many(list(made), Denial.Resolution.TAKEN_BACK, "Its posting was taken back.", actor=actor)
    standing = [one.pk for rows in left.values() for one in rows]
    again = Denial.objects.filter(remittance_claim__in=standing, resolution__in=_CLOSED)
    reopened = [one for one in again if open_now[one.claim_id] > ZERO]
    states.transition_many(reopened, Denial.Status.OPEN, actor=actor, reason="A posting was taken back")
    Denial.objects.filter(pk__in=[one.pk for one in reopened]).update(resolution="")


def _left(claims: Collection[int]) -> dict[int, list[RemittanceClaim]]:
    """The answers that still stand, by claim."""
    posted = Remittance.Status.POSTED
    rows = RemittanceClaim.objects.filter(claim__in=list(claims), remittance__status=posted)
    gone = RemittanceClaim.objects.filter(reverses__claim__in=list(claims), remittance__status=posted)
    taken = set(gone.values_list("reverses_id", flat=True))
    found: dict[int, list[RemittanceClaim]] = {}
    for one in rows.order_by("pk"):
        if one.status_code not in {REVERSAL, PREDETERMINATION} and one.pk not in taken:
            found.setdefault(one.claim_id or 0, []).append(one)
    return found


def _open(of_claim: dict[int, list[int]], now: dict[int, Standing]) -> dict[int, Decimal]:
    """What the payer of each claim owes on it."""
    whose = turns(of_claim)
    found = {}
    for pk, charges in of_claim.items():
        coverage = whose[pk].coverage_id if pk in whose else None
        rows = [now[charge] for charge in charges]
        found[pk] = total(one.first if coverage is None else one.later.get(coverage, ZERO) for one in rows)
    return found


def _state(left: Sequence[RemittanceClaim], still_open: Decimal) -> str:
    if not left:
        return Claim.Status.ACCEPTED
    if still_open <= ZERO:
        return Claim.Status.PAID
    return Claim.Status.DENIED if all(one.is_denial for one in left) else Claim.Status.PARTIALLY_PAID


def _tell(row: Remittance, claims: Collection[Claim], reason: str, actor: Actor) -> None:
    title = f"The posting of {name(row)} was taken back"
    events.record(events.event(one, ClaimEvent.Kind.NOTE, title, actor=actor, detail=reason) for one in claims)
