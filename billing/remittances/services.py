"""What changes remittances: posting, depositing, letting go, setting aside and bringing back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.http import Http404

from billing.ledger import services as ledger
from billing.ledger.postings import Posting
from billing.ledger.services import Draft
from billing.models import (
    Account,
    Claim,
    Entry,
    InboundTransaction,
    LedgerLine,
    ProviderAdjustment,
    Remittance,
    RemittanceClaim,
)
from billing.remittances import aftermath, books, corrections
from billing.remittances.errors import ClearingError, NotReadyError, RemittanceRefusedError
from billing.remittances.holding import Judgment, judge, judge_again, settle
from billing.remittances.parts import follow
from billing.remittances.planning import Plan, Planner
from billing.remittances.resolving import resolve_again
from billing.remittances.treatments import rules
from billing.remittances.words import money, name
from billing.secondary import following
from billing.takebacks import feeding
from billing.takebacks.naming import Naming, naming
from practice import audit, clock, states
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO


@dataclass(slots=True)
class Bulk:
    """What posting several came to: those posted, and why the others were left, by key."""

    posted: list[int] = field(default_factory=list)
    left: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def post(remittance_id: int, *, actor: Actor, practice: Practice) -> Remittance:
    """Posts all that a remittance says, once.

    It is judged again first: what must wait is held with its sentences, nothing is posted, and the row that comes back
    says so. NotReadyError unless it is ready; ClearingError when what is posted is not what the payer paid.
    """
    actor.require("remittances:edit")
    row = locked(remittance_id)
    _refuse_unless_ready(row)
    claims = lock_claims(row)
    judgment = judge(row)
    if judgment.holds:
        settle(row, judgment.holds, actor=actor)
        return row
    decided = rules()
    resolve_again(judgment.said, decided)
    known, today = books.read(judgment), clock.today(practice)
    names = _names(row, judgment)
    plan = Planner(row, judgment, known, decided, names=names, today=today).make()
    entries = ledger.post_many(plan.drafts, practice=practice, actor=actor)
    _refuse_difference(row)
    said = [one.row for one in judgment.said]
    provider = next((entry for entry in entries if entry.kind == Entry.Kind.PROVIDER), None)
    feeding.feed(row, said, judgment.provider, provider, names, actor=actor, today=today)
    _link(judgment)
    aftermath.settle_claims(plan, claims, known, row, actor=actor)
    aftermath.settle_denials(plan, known, decided, actor=actor)
    aftermath.tell(judgment.said, claims, row, actor=actor)
    corrections.notice(said, actor=actor)
    _finish(row, plan, actor=actor)
    following.follow(plan, known, practice_id=practice.pk)
    return row


def post_many(remittance_ids: Iterable[int], *, actor: Actor, practice: Practice) -> Bulk:
    """Posts each by itself; one that cannot be posted is left, and says why."""
    actor.require("remittances:edit")
    bulk = Bulk()
    for number in remittance_ids:
        try:
            row = post(number, actor=actor, practice=practice)
        except RemittanceRefusedError as refusal:
            bulk.left[number] = str(refusal)
            continue
        if row.status == Remittance.Status.POSTED:
            bulk.posted.append(number)
        else:
            bulk.left[number] = row.held_for[0]["words"]
    return bulk


@transaction.atomic
def record_deposit(remittance_id: int, *, amount: Decimal, on: dt.date, actor: Actor, practice: Practice) -> Entry:
    """Says that the payment is in the bank. ClearingError for another amount than the remittance has in clearing."""
    actor.require("remittances:edit")
    row = locked(remittance_id)
    if row.status != Remittance.Status.POSTED:
        raise NotReadyError("Post this remittance before its deposit.")
    waiting = in_clearing(row)
    if not waiting:
        raise NotReadyError("The deposit of this remittance is written down already, or it paid nothing.")
    if amount != waiting:
        raise ClearingError(f"This remittance has {money(waiting)} to deposit, not {money(amount)}.")
    if on > clock.today(practice):
        raise RemittanceRefusedError("This day is in the future. A deposit is written down when it is there.")
    bank = Posting(Account.BANK, amount, payer_id=row.payer_id, remittance_id=row.pk)
    lines = [bank, replace(bank, account=Account.PAYER_CLEARING, amount=-amount)]
    entry = ledger.post(Draft(Entry.Kind.DEPOSIT, lines, on, memo=name(row)[:200]), practice=practice, actor=actor)
    audit.record("remittance.deposited", actor=actor, row=row, after={"amount": str(amount), "on": str(on)})
    return entry


@transaction.atomic
def accept(remittance_id: int, *, code: str, actor: Actor) -> Remittance:
    """Lets one reason for holding go, after a person looked; RemittanceRefusedError for one that must be mended."""
    actor.require("remittances:edit")
    row = locked(remittance_id)
    held = [one for one in row.held_for if one["code"] == code]
    if row.status != Remittance.Status.HELD or not held:
        raise NotReadyError("This remittance is not held for that any more.")
    if not held[0]["may_accept"]:
        raise RemittanceRefusedError("This cannot be let go; it has to be put right, or the remittance set aside.")
    now = clock.now().isoformat()
    row.accepted = [*row.accepted, {"code": code, "words": held[0]["words"], "by": actor.name, "at": now}]
    row.save(update_fields=["accepted"])
    if code.startswith("plb_"):
        rows = ProviderAdjustment.objects.filter(remittance=row, reason=code.removeprefix("plb_"))
        rows.update(treatment="provider_balance")
    audit.record("remittance.accepted", actor=actor, row=row, after={"code": code, "words": held[0]["words"]})
    judge_again(row, actor=actor)
    return row


@transaction.atomic
def set_aside(remittance_id: int, *, reason: str, actor: Actor) -> Remittance:
    """Takes a remittance that is not posted out of the way; RemittanceRefusedError without a reason."""
    actor.require("remittances:edit")
    row = locked(remittance_id)
    if not reason.strip():
        raise RemittanceRefusedError("Say why this remittance is set aside.")
    if not states.may_become(row, Remittance.Status.SET_ASIDE):
        raise NotReadyError(f"This remittance is {row.get_status_display().lower()}; it cannot be set aside.")
    states.transition(row, Remittance.Status.SET_ASIDE, actor=actor, reason=reason.strip())
    follow(row, InboundTransaction.Status.SET_ASIDE, actor=actor, reason=reason.strip())
    audit.record("remittance.set_aside", actor=actor, row=row, after={"reason": reason.strip()})
    return row


@transaction.atomic
def bring_back(remittance_id: int, *, actor: Actor) -> Remittance:
    """Judges a remittance that was set aside anew; NotReadyError where the same one is here a second time."""
    actor.require("remittances:edit")
    row = locked(remittance_id)
    if row.status != Remittance.Status.SET_ASIDE:
        raise NotReadyError("This remittance is not set aside.")
    gone = (Remittance.Status.DUPLICATE, Remittance.Status.SET_ASIDE)
    twins = Remittance.objects.filter(content_hash=row.content_hash).exclude(status__in=gone)
    if twins.exists():
        raise NotReadyError("The same remittance arrived again since and is here. Go on with that one.")
    settle(row, judge(row).holds, actor=actor, reason="Brought back")
    follow(row, InboundTransaction.Status.UNMATCHED, actor=actor, reason="Brought back")
    audit.record("remittance.brought_back", actor=actor, row=row)
    return row


def locked(remittance_id: int) -> Remittance:
    """The remittance, locked until the transaction ends; Http404 when there is none."""
    row = Remittance.objects.select_for_update(no_key=True, of=("self",)).filter(pk=remittance_id).first()
    if row is None:
        raise Http404
    return row


def in_clearing(row: Remittance) -> Decimal:
    """What of the payment is posted and not deposited yet."""
    lines = LedgerLine.objects.filter(remittance=row, account=Account.PAYER_CLEARING)
    found: Decimal = lines.aggregate(sum=Sum("amount", default=ZERO))["sum"]
    return found


def _refuse_unless_ready(row: Remittance) -> None:
    if row.status == Remittance.Status.POSTED:
        raise NotReadyError("This remittance was posted already.")
    if row.status == Remittance.Status.HELD:
        raise NotReadyError(row.held_for[0]["words"] if row.held_for else "This remittance is held.")
    if row.status != Remittance.Status.READY:
        raise NotReadyError(f"This remittance is {row.get_status_display().lower()}; it is not posted.")


def lock_claims(row: Remittance) -> dict[int, Claim]:
    """The claims a remittance speaks of, locked by key."""
    matched = RemittanceClaim.objects.filter(remittance=row, claim__isnull=False).values_list("claim_id", flat=True)
    rows = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=set(matched)).order_by("pk")
    return {claim.pk: claim for claim in rows}


def _refuse_difference(row: Remittance) -> None:
    found = in_clearing(row)
    if found != row.amount:
        raise ClearingError(
            f"This remittance would post {money(found)}, but the payer paid {money(row.amount)}. Nothing was posted."
        )


def _names(row: Remittance, judgment: Judgment) -> Naming:
    """How the references in it are called in the books."""
    references = [one.reference for one in judgment.provider]
    return naming(row.payer_id, references, [one.row for one in judgment.said if one.row.is_reversal])


def _link(judgment: Judgment) -> None:
    """Writes down which answer each reversal took back."""
    rows = []
    for one in judgment.said:
        if one.row.pk in judgment.originals:
            one.row.reverses = judgment.originals[one.row.pk].row
            rows.append(one.row)
    RemittanceClaim.objects.bulk_update(rows, ["reverses"], batch_size=500)


def _finish(row: Remittance, plan: Plan, *, actor: Actor) -> None:
    states.transition(row, Remittance.Status.POSTED, actor=actor)
    follow(row, InboundTransaction.Status.APPLIED, actor=actor, reason="Posted")
    row.posted_at, row.posted_by_name, row.held_for = clock.now(), actor.name, []
    row.save(update_fields=["posted_at", "posted_by_name", "held_for"])
    audit.record(
        "remittance.posted", actor=actor, row=row, after={"amount": str(row.amount), "entries": len(plan.drafts)}
    )
    for other in _waiting_for(plan, row):
        judge_again(other, actor=actor)


def _waiting_for(plan: Plan, row: Remittance) -> list[Remittance]:
    """Held remittances that take back an answer of these claims, which may be there now."""
    back = RemittanceClaim.objects.filter(
        claim__in=list(plan.outcomes), status_code="22", remittance__status=Remittance.Status.HELD
    )
    ids = set(back.values_list("remittance_id", flat=True)) - {row.pk}
    return list(Remittance.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids).order_by("pk"))
