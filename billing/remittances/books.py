"""Everything the ledger knows that a remittance's posting needs, read in a constant number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from billing.ledger.postings import ChargeFacts, Posting
from billing.ledger.services import lines_of
from billing.models import Entry
from billing.receivables import balances
from billing.remittances.holding import Judgment
from billing.remittances.loading import Said
from billing.remittances.matching import asked_of
from billing.remittances.posting import Standing
from billing.remittances.standings import lock_charges, standings
from practice.money import ZERO


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry of an earlier answer, and its lines."""

    entry_id: int
    lines: list[Posting]


@dataclass(slots=True)
class Books:
    """Charges with their standing, the charges of each claim, and what earlier answers posted.

    `answers` and `releases` are by the key of the earlier answer; `credit` is by client, in dollars.
    """

    charges: dict[int, ChargeFacts]
    standings: dict[int, Standing]
    of_claim: dict[int, list[int]]
    answers: dict[int, list[Posted]]
    releases: dict[int, list[Posted]]
    credit: dict[int, Decimal]

    def open_of(self, claim_id: int) -> Decimal:
        """What insurers still owe on a claim's charges."""
        return sum((self.standings[pk].insurer for pk in self.of_claim.get(claim_id, [])), ZERO)


def read(judgment: Judgment) -> Books:
    """Reads the books and locks the clients and charges the remittance is about."""
    of_claim = _charges_of_claims(judgment.said)
    earlier = _entries([one.row.pk for one in judgment.originals.values()])
    ids = {pk for pks in of_claim.values() for pk in pks}
    ids |= {line.charge_id for posted in earlier for line in posted[2].lines if line.charge_id is not None}
    charges = lock_charges(ids)
    clients = {line.client_id for posted in earlier for line in posted[2].lines if line.client_id is not None}
    return Books(
        charges,
        standings(charges),
        of_claim,
        _by_answer(earlier, Entry.Kind.REMITTANCE),
        _by_answer(earlier, Entry.Kind.APPLY),
        {pk: found.credit for pk, found in balances(clients).items()},
    )


def _charges_of_claims(said: Sequence[Said]) -> dict[int, list[int]]:
    ids = {one.row.claim_id for one in said if one.row.claim_id is not None}
    found = {claim_id: [line.charge_id for line in lines] for claim_id, lines in asked_of(ids).items()}
    for one in said:
        if one.row.claim_id is not None:
            named = [line.row.charge_id for line in one.lines if line.row.charge_id is not None]
            found[one.row.claim_id] = list(dict.fromkeys([*found.get(one.row.claim_id, []), *named]))
    return found


def _entries(answer_ids: Sequence[int]) -> list[tuple[int, str, Posted]]:
    """What earlier answers posted and nobody reversed: answer, kind of entry, lines."""
    if not answer_ids:
        return []
    kinds = (Entry.Kind.REMITTANCE, Entry.Kind.APPLY)
    entries = list(Entry.objects.filter(remittance_claim__in=answer_ids, kind__in=kinds).order_by("pk"))
    gone = set(Entry.objects.filter(reverses__in=[one.pk for one in entries]).values_list("reverses_id", flat=True))
    left = [one for one in entries if one.pk not in gone]
    lines = lines_of([one.pk for one in left])
    return [(one.remittance_claim_id or 0, one.kind, Posted(one.pk, lines[one.pk])) for one in left]


def _by_answer(entries: Iterable[tuple[int, str, Posted]], kind: str) -> dict[int, list[Posted]]:
    found: dict[int, list[Posted]] = {}
    for answer_id, its_kind, posted in entries:
        if its_kind == kind:
            found.setdefault(answer_id, []).append(posted)
    return found
