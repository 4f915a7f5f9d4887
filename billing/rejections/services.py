"""What is done with claims that came back besides sending them again: whose they are, when to look, giving them up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from billing.claims import correcting, events
from billing.models import Claim, ClaimEvent, ClaimLine, ClaimWork
from billing.money import services as money_services
from billing.money.services.charges import INSURER
from billing.receivables import Owed, owed
from billing.rejections.errors import WorkRefusedError
from billing.rejections.loading import CAME_BACK
from practice import access, audit, clock
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO, total
from practice.templatetags.caseload import day

WORKERS: Final = ("claims:edit",)
_LONGEST: Final = 300
_FIELDS: Final = ("assigned_to_id", "assigned_to_name", "follow_up_on", "note", "changed_at")


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The claims that were given up, what that posted, and the dollars written off."""

    claims: list[int]
    entries: list[int]
    amount: Decimal

    @property
    def count(self) -> int:
        """How many."""
        return len(self.claims)


@transaction.atomic
def assign(*, actor: Actor, claim_ids: Collection[int], to: int | None) -> int:
    """Makes claims somebody's, or nobody's; how many. WorkRefusedError for a person who may not work claims."""
    actor.require("claims:edit")
    name = ""
    if to is not None:
        name = access.colleagues(actor, *WORKERS).get(to, "")
        if not name:
            raise WorkRefusedError("Choose somebody of this practice who works claims.")
    claims = _locked(claim_ids)
    _save(claims, {"assigned_to_id": to, "assigned_to_name": name})
    _record("claim.assigned", claims, actor, {"to": name})
    return len(claims)


@transaction.atomic
def follow_up(*, actor: Actor, practice: Practice, claim_ids: Collection[int], on: dt.date, note: str) -> int:
    """Lets claims rest until a day; how many. WorkRefusedError for a day that has passed."""
    actor.require("claims:edit")
    if on < clock.today(practice):
        raise WorkRefusedError("This day has passed. Choose the day to look at it again.")
    note = note.strip()[:_LONGEST]
    claims = _locked(claim_ids)
    _save(claims, {"follow_up_on": on, "note": note})
    title = f"Look again on {day(on, clock.today(practice))}"
    events.record(events.event(row, ClaimEvent.Kind.NOTE, title, actor=actor, detail=note) for row in claims)
    _record("claim.follow_up", claims, actor, {"on": str(on), "note": note})
    return len(claims)


@transaction.atomic
def give_up(*, actor: Actor, claim_ids: Collection[int], reason: str) -> GivenUp:
    """Withdraws claims and writes off what insurers owe on them. WorkRefusedError without a reason."""
    actor.require("claims:edit")
    actor.require("money:edit")
    reason = reason.strip()[:_LONGEST]
    if not reason:
        raise WorkRefusedError("Say why this is written off.")
    claims = _locked(claim_ids)
    charges = list(
        ClaimLine.objects.filter(claim__in=claims).order_by("claim_id", "position").values_list("charge_id", flat=True)
    )
    for claim in claims:
        correcting.withdraw(actor=actor, claim_id=claim.pk)
    found, given, entries = owed(charges), [], []
    for charge in dict.fromkeys(charges):
        amount = found.get(charge, Owed()).by_insurer
        if amount > ZERO:
            entry = money_services.write_off(
                actor=actor, charge_id=charge, amount=amount, reason=reason, owed_by=INSURER
            )
            entries.append(entry.pk)
            given.append(amount)
    return GivenUp([claim.pk for claim in claims], entries, total(given))


@transaction.atomic
def take_up_again(*, actor: Actor, claim_ids: Sequence[int], entry_ids: Sequence[int]) -> list[Claim]:
    """Undoes what giving up posted, and makes the claims ready again that can be; those.

    One that was for another claim is made anew from that one, which stands again already.
    """
    actor.require("claims:edit")
    for entry_id in entry_ids:
        money_services.undo_entry(actor=actor, entry_id=entry_id, reason="Undone")
    rows = list(Claim.objects.filter(pk__in=list(claim_ids), replaces=None).order_by("pk"))
    return [correcting.restore(actor=actor, claim_id=row.pk) for row in rows]


def _locked(claim_ids: Collection[int]) -> list[Claim]:
    rows = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=list(claim_ids))
    found = list(rows.filter(status__in=CAME_BACK).order_by("pk"))
    if not found:
        raise WorkRefusedError("Choose at least one claim that came back.")
    return found


def _save(claims: Sequence[Claim], facts: Mapping[str, Any]) -> None:
    """Writes down what was agreed, in three statements."""
    known = {row.claim_id: row for row in ClaimWork.objects.filter(claim__in=[claim.pk for claim in claims])}
    new = [ClaimWork(claim=claim) for claim in claims if claim.pk not in known]
    for row in (*known.values(), *new):
        row.changed_at = clock.now()
        for name, value in facts.items():
            setattr(row, name, value)
    ClaimWork.objects.bulk_create(new, batch_size=500)
    ClaimWork.objects.bulk_update(list(known.values()), _FIELDS, batch_size=500)


def _record(action: str, claims: Sequence[Claim], actor: Actor, after: Mapping[str, str]) -> None:
    audit.record_many(audit.event(action, actor=actor, row=row, client_id=row.client_id, after=after) for row in claims)
