"""What is done with several denials at once, where the reason is the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import transaction

from billing.claims import resending
from billing.claims.resending import Resent
from billing.models import Account, Denial, LedgerLine
from billing.remittances import denials
from billing.remittances.aftermath import resolve_many
from billing.remittances.errors import RemittanceRefusedError
from practice import access, audit, clock, states
from practice.actors import Actor
from practice.models import Practice
from practice.money import total

WORKERS: Final = ("remittances:edit",)
_OPEN: Final = (Denial.Status.OPEN, Denial.Status.WAITING)
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class WrittenOff:
    """The denials that were given up, for how many dollars, what that posted, and how many could not be."""

    denials: list[int]
    entries: list[int]
    amount: Decimal
    left: int

    @property
    def count(self) -> int:
        """How many."""
        return len(self.denials)


@transaction.atomic
def resend(*, actor: Actor, denial_ids: Collection[int]) -> Resent:
    """Replaces the claims of denials and batches them, after what was wrong was put right elsewhere.

    The denials of what goes are resolved; a constant number of statements.
    """
    actor.require("remittances:edit")
    actor.require("claims:edit")
    rows = _locked(denial_ids)
    sent = resending.replace_many(actor=actor, claim_ids={row.claim_id for row in rows})
    gone = {claim.replaces_id for claim in (*sent.claims, *sent.kept)}
    done = [row for row in rows if row.claim_id in gone]
    resolve_many(done, Denial.Resolution.RESENT, "", actor=actor)
    _record("denial.resolved", done, actor, {"resolution": Denial.Resolution.RESENT.value})
    return sent


@transaction.atomic
def assign(*, actor: Actor, denial_ids: Collection[int], to: int | None) -> int:
    """Makes denials somebody's, or nobody's; how many."""
    actor.require("remittances:edit")
    name = access.colleagues(actor, *WORKERS).get(to, "") if to is not None else ""
    if to is not None and not name:
        raise RemittanceRefusedError("Choose somebody of this practice who works denials.")
    rows = _locked(denial_ids)
    Denial.objects.filter(pk__in=[row.pk for row in rows]).update(assigned_to_id=to, assigned_to_name=name)
    _record("denial.assigned", rows, actor, {"to": name})
    return len(rows)


@transaction.atomic
def follow_up(*, actor: Actor, practice: Practice, denial_ids: Collection[int], on: dt.date, note: str) -> int:
    """Lets denials rest until a day; how many."""
    actor.require("remittances:edit")
    if on < clock.today(practice):
        raise RemittanceRefusedError("This day has passed. Choose the day to look at it again.")
    note = note.strip()[:_LONGEST]
    rows = _locked(denial_ids)
    for row in rows:
        row.follow_up_on, row.note = on, note or row.note
    Denial.objects.bulk_update(rows, ["follow_up_on", "note"], batch_size=500)
    open_ = [row for row in rows if row.status != Denial.Status.WAITING]
    states.transition_many(open_, Denial.Status.WAITING, actor=actor, reason=note)
    _record("denial.follow_up", rows, actor, {"on": str(on), "note": note})
    return len(rows)


@transaction.atomic
def write_off(*, actor: Actor, denial_ids: Collection[int], note: str) -> WrittenOff:
    """Gives up what is open of each; one of which nothing is open any more is left."""
    actor.require("remittances:edit")
    if not note.strip():
        raise RemittanceRefusedError("Say why this is written off.")
    rows, done = _locked(denial_ids), []
    for row in rows:
        try:
            with transaction.atomic():
                done.append(denials.close(row.pk, resolution=Denial.Resolution.WRITTEN_OFF, note=note, actor=actor))
        except RemittanceRefusedError:
            continue
    entries = [entry.pk for one in done for entry in one.entries]
    amount = -total(
        LedgerLine.objects.filter(entry__in=entries, account=Account.INSURER_RECEIVABLE).values_list(
            "amount", flat=True
        )
    )
    return WrittenOff([one.denial.pk for one in done], entries, amount, len(rows) - len(done))


def _locked(denial_ids: Collection[int]) -> list[Denial]:
    rows = Denial.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=list(denial_ids), status__in=_OPEN)
    found = list(rows.select_related("claim").order_by("pk"))
    if not found:
        raise RemittanceRefusedError("Choose at least one denial that is open.")
    return found


def _record(action: str, rows: Collection[Denial], actor: Actor, after: dict[str, str]) -> None:
    audit.record_many(
        audit.event(action, actor=actor, row=row, client_id=row.claim.client_id, after=after) for row in rows
    )
