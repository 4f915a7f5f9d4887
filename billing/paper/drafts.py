"""What changes a remittance on paper while somebody keys it: nothing of it is posted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.http import Http404

from billing.models import Claim, ClaimLine, PaperDraft
from billing.paper.keying import FIELDS, OTHER, PAID, REASON, Keyed, KeyedClaim, amount_of, line
from billing.remittances.errors import RemittanceRefusedError
from practice import audit, clock, files
from practice.actors import Actor
from practice.models import PracticePayer
from practice.money import ZERO, cents

_SCANS: Final = frozenset({"application/pdf", "image/png", "image/jpeg"})
_UNSENT: Final = (Claim.Status.DRAFT, Claim.Status.READY, Claim.Status.BATCHED, Claim.Status.WITHDRAWN)
_LONGEST: Final = 20


@transaction.atomic
def start(*, actor: Actor) -> PaperDraft:
    """An empty one."""
    actor.require("remittances:edit")
    now = clock.now()
    row = PaperDraft.objects.create(made_by_name=actor.name, made_at=now, changed_at=now)
    audit.record("paper.started", actor=actor, row=row)
    return row


@transaction.atomic
def save(draft_id: int, sent: Mapping[str, str], *, actor: Actor) -> PaperDraft:
    """Keeps what is typed as it is typed, readable or not; the amounts by `claim-charge-column`."""
    row = locked(draft_id, actor)
    payer = sent.get("payer", "")
    row.payer = PracticePayer.objects.filter(pk=int(payer)).first() if payer.isascii() and payer.isdigit() else None
    row.number = sent.get("number", "").strip()[:50]
    row.paid_on = _day(sent.get("paid_on", ""))
    row.amount, row.interest = _positive(sent.get("amount", "")), _positive(sent.get("interest", ""))
    row.claims = [
        one | {"lines": {charge: _typed(sent, one["claim"], charge) for charge in one["lines"]}} for one in row.claims
    ]
    _keep(row)
    return row


@transaction.atomic
def add_claim(draft_id: int, *, claim_id: int, actor: Actor) -> PaperDraft:
    """Adds a claim that was sent, with its lines; nothing happens when it is there."""
    row = locked(draft_id, actor)
    claim = Claim.objects.filter(pk=claim_id).first()
    if claim is None:
        raise Http404
    if claim.status in _UNSENT and claim.sent_at is None:
        raise RemittanceRefusedError("This claim was never sent, so no payer can have answered it.")
    if all(one["claim"] != claim.pk for one in row.claims):
        lines = ClaimLine.objects.filter(claim=claim).order_by("position").values_list("charge_id", flat=True)
        row.claims = [*row.claims, {"claim": claim.pk, "lines": {str(pk): {} for pk in lines}}]
        row.payer = row.payer or claim.payer
        _keep(row)
    return row


@transaction.atomic
def remove_claim(draft_id: int, *, claim_id: int, actor: Actor) -> PaperDraft:
    """Takes a claim off again."""
    row = locked(draft_id, actor)
    row.claims = [one for one in row.claims if one["claim"] != claim_id]
    _keep(row)
    return row


@transaction.atomic
def attach(draft_id: int, content: bytes, *, name: str, actor: Actor) -> PaperDraft:
    """Keeps a scan of it; practice.files.FileRefusedError for what is no PDF, PNG or JPEG."""
    row = locked(draft_id, actor)
    row.scan = files.store(content, name=name, actor=actor, accepts=_SCANS)
    _keep(row)
    return row


@transaction.atomic
def discard(draft_id: int, *, actor: Actor) -> None:
    """Throws a draft away."""
    row = locked(draft_id, actor)
    audit.record("paper.discarded", actor=actor, row=row, before={"number": row.number, "amount": str(row.amount)})
    row.delete()


def locked(draft_id: int, actor: Actor) -> PaperDraft:
    """The draft, locked; Http404 when there is none or it was finished."""
    actor.require("remittances:edit")
    rows = PaperDraft.objects.select_for_update(no_key=True, of=("self",)).select_related("payer")
    row = rows.filter(pk=draft_id, remittance__isnull=True).first()
    if row is None:
        raise Http404
    return row


def keyed(row: PaperDraft) -> Keyed:
    """What it says so far, read against the claims as they were sent; two statements."""
    ids = [one["claim"] for one in row.claims]
    claims = {one.pk: one for one in Claim.objects.filter(pk__in=ids).select_related("client")}
    asked = {one.charge_id: one for one in ClaimLine.objects.filter(claim__in=ids)}
    troubles: list[str] = []
    found = []
    for one in row.claims:
        lines = []
        for charge, said in one["lines"].items():
            sent = asked[int(charge)]
            name = f"{claims[one['claim']].client.name}, {sent.code}"
            made, wrong = line(int(charge), name, sent.amount, said)
            lines.append(made)
            troubles += wrong
        found.append(KeyedClaim(one["claim"], tuple(lines)))
    return Keyed(row.amount, row.interest or ZERO, tuple(found), tuple(_missing(row)), tuple(troubles))


def _missing(row: PaperDraft) -> list[str]:
    needed = (
        (row.payer_id, "Choose the payer."),
        (row.number, "Enter the number of the check or EFT."),
        (row.paid_on, "Enter the date of the payment."),
        (row.amount is not None, "Enter the amount of the payment, $0.00 where nothing was paid."),
    )
    return [words for there, words in needed if not there]


def _typed(sent: Mapping[str, str], claim: int, charge: str) -> dict[str, str]:
    names = (PAID, *(one for one in FIELDS if one not in {PAID, OTHER}), OTHER, REASON)
    values = {name: sent.get(f"{claim}-{charge}-{name}", "").strip()[:_LONGEST] for name in names}
    return {name: value for name, value in values.items() if value}


def _positive(text: str) -> Decimal | None:
    try:
        found = amount_of(text)
    except ValueError:
        return None
    return cents(found) if found is not None and found >= ZERO else None


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _keep(row: PaperDraft) -> None:
    row.changed_at = clock.now()
    row.save()


def typed(row: PaperDraft, claim: int, charge: int) -> dict[str, Any]:
    """What stands in the fields of a line, for the page."""
    for one in row.claims:
        if one["claim"] == claim:
            return dict(one["lines"].get(str(charge), {}))
    return {}
