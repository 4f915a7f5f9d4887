"""The one writer of entries. It never updates: what was posted wrongly is reversed by another entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from billing.ledger.postings import Posting, check, negation
from billing.models import Entry, LedgerLine
from practice import clock
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.inserting import insert_rows

_OF_POSTINGS: Final = (
    "account", "amount", "client_id", "charge_id", "payer_id", "clinician_id", "remittance_id", "reference",
    "coverage_id",
)  # fmt: skip
_POSTED: Final = attrgetter(*_OF_POSTINGS)
_COLUMNS: Final = ("entry_id", "posted_on", "effective_on", *_OF_POSTINGS)


class AlreadyReversedError(ValueError):
    """An entry was to be reversed a second time."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before it is written. `effective_on` is the day of service or deposit; the posting day is today."""

    kind: str
    lines: Sequence[Posting]
    effective_on: dt.date
    payment_id: int | None = None
    reverses_id: int | None = None
    memo: str = ""
    remittance_claim_id: int | None = None


def post(draft: Draft, *, practice: Practice, actor: Actor) -> Entry:
    """Writes one entry with its lines; UnbalancedError when they do not sum to zero."""
    return post_many([draft], practice=practice, actor=actor)[0]


def post_many(drafts: Sequence[Draft], *, practice: Practice, actor: Actor) -> list[Entry]:
    """Writes entries with their lines in two statements, all or none."""
    for draft in drafts:
        check(draft.lines)
    today = clock.today(practice)
    entries = Entry.objects.bulk_create([_entry(draft, today, actor) for draft in drafts], batch_size=500)
    lines = (_line(line, entry) for entry, draft in zip(entries, drafts, strict=True) for line in draft.lines)
    insert_rows(LedgerLine, _COLUMNS, lines)
    return entries


def reverse(entry: Entry, *, practice: Practice, actor: Actor, memo: str) -> Entry:
    """Posts the exact opposite today; AlreadyReversedError when that was done before."""
    return reverse_many([entry], practice=practice, actor=actor, memo=memo)[0]


def reverse_many(entries: Sequence[Entry], *, practice: Practice, actor: Actor, memo: str) -> list[Entry]:
    """Reverses several entries, all or none. The caller holds the lock on what they are about."""
    ids = [entry.pk for entry in entries]
    if Entry.objects.filter(reverses__in=ids).exists():
        raise AlreadyReversedError("This was undone already.")
    lines = lines_of(ids)
    drafts = [
        Draft(Entry.Kind.REVERSAL, negation(lines[entry.pk]), entry.effective_on, entry.payment_id, entry.pk, memo)
        for entry in entries
    ]
    return post_many(drafts, practice=practice, actor=actor)


def standing_entries(entry_ids: Sequence[int]) -> dict[int, int]:
    """Of entries that stand, the one that holds their lines now: themselves, or the undoing of their reversal."""
    heads = {pk: pk for pk in entry_ids}
    reversed_by = _reversals(heads.values())
    while reversed_by:
        undone_by = _reversals(reversed_by.values())
        for pk, head in list(heads.items()):
            reversal = reversed_by.get(head)
            if reversal is not None:
                heads[pk] = undone_by.get(reversal, 0)
        heads = {pk: head for pk, head in heads.items() if head}
        reversed_by = _reversals(undone_by.values())
    return heads


def _reversals(entry_ids: Iterable[int]) -> dict[int, int]:
    """By entry, the one that reverses it."""
    rows = Entry.objects.filter(reverses__in=list(entry_ids)).values_list("reverses_id", "pk")
    return {reversed_: pk for reversed_, pk in rows if reversed_ is not None}


def lines_of(entry_ids: Sequence[int]) -> dict[int, list[Posting]]:
    """The lines of entries as they were posted, by entry."""
    lines: dict[int, list[Posting]] = {number: [] for number in entry_ids}
    for line in LedgerLine.objects.filter(entry__in=entry_ids).order_by("pk"):
        lines[line.entry_id].append(_posting(line))
    return lines


def _entry(draft: Draft, today: dt.date, actor: Actor) -> Entry:
    return Entry(
        kind=draft.kind,
        posted_on=today,
        effective_on=draft.effective_on,
        payment_id=draft.payment_id,
        reverses_id=draft.reverses_id,
        remittance_claim_id=draft.remittance_claim_id,
        memo=draft.memo,
        made_at=clock.now(),
        made_by_id=actor.user_id,
        made_by_name=actor.name,
    )


def _line(line: Posting, entry: Entry) -> tuple[Any, ...]:
    return entry.pk, entry.posted_on, entry.effective_on, *_POSTED(line)


def _posting(line: LedgerLine) -> Posting:
    return Posting(
        line.account,
        line.amount,
        line.client_id,
        line.charge_id,
        line.payer_id,
        line.clinician_id,
        line.remittance_id,
        line.reference,
        line.coverage_id,
    )
