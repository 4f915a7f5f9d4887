"""Everything the ledger knows that a remittance's posting needs, read in a constant number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Max

from billing.ledger.postings import ChargeFacts, Posting
from billing.ledger.services import lines_of, standing_entries
from billing.models import Account, ClaimEvent, Entry, Remittance, RemittanceClaim
from billing.receivables import balances
from billing.remittances.holding import Judgment
from billing.remittances.loading import Said
from billing.remittances.matching import asked_of
from billing.remittances.posting import Standing
from billing.remittances.standings import lock_charges, standings
from billing.secondary.sharing import ALONE, Turn
from billing.secondary.turns import turns
from edi.remittances.model import PREDETERMINATION, REVERSAL
from practice.money import ZERO, total


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry of an earlier answer, and its lines."""

    entry_id: int
    lines: list[Posting]


@dataclass(slots=True)
class Books:
    """Charges with their standing, the charges of each claim, and what earlier answers posted.

    `answers` and `releases` are by the key of the earlier answer; `credit` is by client, in dollars. `turns` says which
    payer a claim asks; `handed` what a person handed to the next payer, by claim. `earlier` are the answers of each
    claim that stood before, with whether they refused all of it; `order` says which answer was posted when.
    """

    charges: dict[int, ChargeFacts]
    standings: dict[int, Standing]
    of_claim: dict[int, list[int]]
    answers: dict[int, list[Posted]]
    releases: dict[int, list[Posted]]
    credit: dict[int, Decimal]
    turns: dict[int, Turn] = field(default_factory=dict)
    handed: dict[int, list[Posted]] = field(default_factory=dict)
    earlier: dict[int, dict[int, bool]] = field(default_factory=dict)
    order: dict[int, int] = field(default_factory=dict)

    def turn(self, claim_id: int) -> Turn:
        """Which payer a claim asks, and who comes next."""
        return self.turns.get(claim_id, ALONE)

    def open_of(self, claim_id: int) -> Decimal:
        """What the payer of a claim still owes on its charges."""
        rows = [self.standings[pk] for pk in self.of_claim.get(claim_id, [])]
        coverage = self.turn(claim_id).coverage_id
        return total(row.first if coverage is None else row.later.get(coverage, ZERO) for row in rows)


def read(judgment: Judgment) -> Books:
    """Reads the books and locks the clients and charges the remittance is about."""
    of_claim = _charges_of_claims(judgment.said)
    earlier = _entries([one.row.pk for one in judgment.originals.values()])
    ids = {pk for pks in of_claim.values() for pk in pks}
    ids |= {line.charge_id for posted in earlier for line in posted[2].lines if line.charge_id is not None}
    charges = lock_charges(ids)
    clients = {line.client_id for posted in earlier for line in posted[2].lines if line.client_id is not None}
    whose = turns(of_claim)
    return Books(
        charges,
        standings(charges),
        of_claim,
        _by_answer(earlier, Entry.Kind.REMITTANCE),
        _by_answer(earlier, Entry.Kind.APPLY),
        {pk: found.credit for pk, found in balances(clients).items()},
        whose,
        _handed({pk: of_claim[pk] for pk, turn in whose.items() if turn.next_coverage_id is not None}),
        _earlier(of_claim),
        _order([one.row.pk for one in judgment.originals.values()], judgment.standing),
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
    """What earlier answers posted and still stands: answer, kind of entry, lines.

    A reversal that was itself undone left the entry that brought the lines back.
    """
    if not answer_ids:
        return []
    kinds = (Entry.Kind.REMITTANCE, Entry.Kind.APPLY)
    entries = list(Entry.objects.filter(remittance_claim__in=answer_ids, kind__in=kinds).order_by("pk"))
    heads = standing_entries([one.pk for one in entries])
    lines = lines_of(list(heads.values()))
    return [
        (one.remittance_claim_id or 0, one.kind, Posted(heads[one.pk], lines[heads[one.pk]]))
        for one in entries
        if one.pk in heads
    ]


def _earlier(claim_ids: Iterable[int]) -> dict[int, dict[int, bool]]:
    """The posted answers to claims that nobody took back: by claim and key, whether they refused all of it."""
    rows = RemittanceClaim.objects.filter(claim__in=list(claim_ids), remittance__status=Remittance.Status.POSTED)
    found: dict[int, dict[int, bool]] = {}
    for claim_id, pk, code, denied in rows.filter(reversals__isnull=True).values_list(
        "claim_id", "pk", "status_code", "is_denial"
    ):
        if code not in {REVERSAL, PREDETERMINATION}:
            found.setdefault(claim_id or 0, {})[pk] = denied
    return found


def _order(originals: Sequence[int], standing: Mapping[int, Sequence[Said]]) -> dict[int, int]:
    """Which answer was posted when, by what its claim's history says; no statement where nothing else stands."""
    others = [one.row.pk for rows in standing.values() for one in rows]
    if not originals or not others:
        return {}
    told = ClaimEvent.objects.filter(kind=ClaimEvent.Kind.REMITTED, remittance_claim__in=[*originals, *others])
    return dict(told.values_list("remittance_claim").annotate(last=Max("pk")))


def _handed(of_claim: dict[int, list[int]]) -> dict[int, list[Posted]]:
    """What people handed from the first payer to the next, by claim: it is taken back when the first answers anew.

    Taken back by an answer that was itself undone, it stands again as the entry that brought it back.
    """
    claims = {charge: claim for claim, charges in of_claim.items() for charge in charges}
    if not claims:
        return {}
    onward = {"lines__account": Account.INSURER_RECEIVABLE, "lines__coverage__isnull": False, "lines__amount__gt": ZERO}
    rows = Entry.objects.filter(**onward, lines__charge__in=list(claims), kind=Entry.Kind.TRANSFER)
    heads = standing_entries(list(rows.order_by("pk").values_list("pk", flat=True).distinct()))
    found: dict[int, list[Posted]] = {}
    for number, lines in lines_of(sorted(heads.values())).items():
        claim = next(claims[line.charge_id] for line in lines if line.charge_id in claims)
        found.setdefault(claim, []).append(Posted(number, lines))
    return found


def _by_answer(entries: Iterable[tuple[int, str, Posted]], kind: str) -> dict[int, list[Posted]]:
    found: dict[int, list[Posted]] = {}
    for answer_id, its_kind, posted in entries:
        if its_kind == kind:
            found.setdefault(answer_id, []).append(posted)
    return found
