"""What a posted remittance tells takebacks: answers taken back, and what its payment withheld, deferred or returned."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from django.db.models import Q

from billing.models import (
    Account,
    Claim,
    Entry,
    ProviderAdjustment,
    Remittance,
    RemittanceClaim,
    Submission,
    Takeback,
    TakebackClaim,
    TakebackEvent,
)
from billing.remittances.explaining import plb_words
from billing.remittances.posting import plb_account
from billing.takebacks import recording
from billing.takebacks.keys import candidates, key_of
from billing.takebacks.naming import Naming
from billing.takebacks.recording import Payer, Told
from practice.actors import Actor
from practice.money import ZERO, total

TAKES: Final = frozenset({"WO", "FB", "72", "B3", "WU", "RA", "TL", "OB"})
"""PLB reasons by which payers take back, defer, or confirm what was returned; any other balance is none."""

K: Final = TakebackEvent.Kind


def feed(
    row: Remittance,
    said: Sequence[RemittanceClaim],
    provider: Sequence[ProviderAdjustment],
    entry: Entry | None,
    names: Naming,
    *,
    actor: Actor,
    today: dt.date,
) -> None:
    """Called when a remittance is posted; `entry` is that of its provider adjustments."""
    on = row.paid_on or today
    told = [*_reversals(row, said, names, on), *_provider(row, provider, entry, names, on)]
    if not told:
        return
    _touch(told)
    rows = recording.ensure(payer_of(row), told, actor=actor)
    recording.record(rows, told, actor=actor, today=today)


def unfeed(row: Remittance, reversals: dict[int, int], *, actor: Actor, today: dt.date, why: str) -> None:
    """Called when its posting is taken back: every event it told is undone; `reversals` are by the entry undone."""
    events = list(TakebackEvent.objects.filter(remittance=row).order_by("pk"))
    gone = Counter((one.takeback_id, -one.demand, -one.balance) for one in events if one.kind == K.UNDONE)
    kept = []
    for one in events:
        key = (one.takeback_id, one.demand, one.balance)
        if one.kind in {K.REVERSAL, K.PAYMENT} and not gone[key]:
            kept.append(one)
        elif one.kind in {K.REVERSAL, K.PAYMENT}:
            gone[key] -= 1
    ids = sorted({one.takeback_id for one in kept})
    locked = {one.pk: one for one in Takeback.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")}
    told = [
        Told(
            locked[one.takeback_id].reference,
            K.UNDONE,
            today,
            demand=-one.demand,
            balance=-one.balance,
            reason=one.reason,
            words=why,
            written=one.reference,
            remittance_id=row.pk,
            remittance_claim_id=one.remittance_claim_id,
            entry_id=reversals.get(one.entry_id or 0),
        )
        for one in kept
    ]
    recording.record({one.key: one for one in locked.values()}, told, actor=actor, today=today)


def payer_of(row: Remittance) -> Payer:
    """Who takes the money."""
    return Payer(row.payer_id, row.payer.name if row.payer else row.payer_name)


def _reversals(row: Remittance, said: Sequence[RemittanceClaim], names: Naming, on: dt.date) -> list[Told]:
    """What each claim is left with less than before: its reversals and the answers in their place, in one payment."""
    by_claim: dict[int, list[RemittanceClaim]] = defaultdict(list)
    for one in said:
        if one.claim_id is not None:
            by_claim[one.claim_id].append(one)
    told = []
    for claim_id, answers in by_claim.items():
        back = [one for one in answers if one.is_reversal]
        lost = -total(one.paid for one in answers)
        if back and lost > ZERO:
            number = back[0].payer_control_number or back[0].number
            told.append(
                Told(
                    names.of(number),
                    K.REVERSAL,
                    on,
                    demand=lost,
                    written=number,
                    remittance_id=row.pk,
                    remittance_claim_id=back[0].pk,
                    claim_id=claim_id,
                    touches={claim_id: TakebackClaim.How.REVERSAL},
                )
            )
    return told


def _provider(
    row: Remittance, provider: Sequence[ProviderAdjustment], entry: Entry | None, names: Naming, on: dt.date
) -> list[Told]:
    """Amounts on the payer's balance under references that are takebacks, by their reason or since before."""
    kept = [one for one in provider if one.amount and _is_balance(one)]
    ours = {key_of(names.of(one.reference)) for one in kept if one.reason in TAKES}
    keys = {key_of(names.of(one.reference)) for one in kept}
    ours |= set(Takeback.objects.filter(payer=row.payer_id, key__in=keys).values_list("key", flat=True))
    return [
        Told(
            names.of(one.reference),
            K.PAYMENT,
            on,
            balance=-one.amount,
            reason=one.reason,
            words=plb_words(one.reason),
            written=one.reference,
            remittance_id=row.pk,
            entry_id=entry.pk if entry else None,
        )
        for one in kept
        if key_of(names.of(one.reference)) in ours
    ]


def _is_balance(one: ProviderAdjustment) -> bool:
    return plb_account(one.reason, one.treatment) == Account.PAYER_BALANCE


def _touch(told: Iterable[Told]) -> None:
    """Adds the claims whose number the references are."""
    wanted = {key: one for one in told for key in candidates(one.reference) if key}
    for key, claim_id in claims_named(wanted):
        wanted[key].touches.setdefault(claim_id, TakebackClaim.How.REFERENCE)


def claims_named(keys: Iterable[str]) -> list[tuple[str, int]]:
    """Claims of ours by a number that is one of the keys: ours, an earlier one of ours, or the payer's."""
    names = list(keys)
    if not names:
        return []
    found = list(Submission.objects.filter(number__in=names).values_list("number", "claim_id"))
    rows = Claim.objects.filter(Q(number__in=names) | Q(payer_control_number__in=names))
    for number, theirs, pk in rows.values_list("number", "payer_control_number", "pk"):
        found += [(one, pk) for one in (number, theirs) if one in names]
    said = RemittanceClaim.objects.filter(payer_control_number__in=names, claim__isnull=False)
    found += [(one, pk) for one, pk in said.values_list("payer_control_number", "claim_id") if pk]
    return list(dict.fromkeys(found))
