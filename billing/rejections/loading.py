"""Loads every claim that came back with its reason and what is at stake; a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet, Sum

from billing.claims.policies import visible_claims
from billing.claims.selectors.listing import matching
from billing.fixes import reasons
from billing.fixes.places import Subject
from billing.fixes.reasons import Reason
from billing.holds import standing
from billing.models import Account, Claim, ClaimEvent, ClaimLine, ClaimWork, Hold, LedgerLine
from clients.models import Coverage
from practice.actors import Actor
from practice.money import ZERO

CAME_BACK: Final = (Claim.Status.DRAFT, Claim.Status.REJECTED)
_FACTS: Final = (
    "pk", "number", "status", "problems", "made_at", "service_on", "served_until", "session_count", "file_by",
    "client_id", "client__last_name", "client__first_name", "coverage_id", "coverage__relationship", "payer_id",
    "payer__name", "rendering_id", "attendance__session_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One claim on the worklist: dollars its payer still owes on it, why it came back, since when, and who works it."""

    facts: Mapping[str, Any]
    stake: Decimal
    reason: Reason
    text: str
    since: dt.datetime
    work: ClaimWork | None
    hold: Hold | None

    @property
    def id(self) -> int:
        """The claim's key."""
        return int(self.facts["pk"])

    @property
    def service_on(self) -> dt.date:
        """The day of its first session."""
        found: dt.date = self.facts["service_on"]
        return found

    @property
    def last_on(self) -> dt.date:
        """The day of its last session."""
        found: dt.date | None = self.facts["served_until"]
        return found or self.service_on

    @property
    def session_count(self) -> int:
        """How many sessions it asks for."""
        return int(self.facts["session_count"])

    @property
    def file_by(self) -> dt.date | None:
        """The payer's filing deadline."""
        found: dt.date | None = self.facts["file_by"]
        return found

    @property
    def name(self) -> tuple[str, str]:
        """By which clients are sorted."""
        return self.facts["client__last_name"], self.facts["client__first_name"]

    @property
    def assigned_to(self) -> int | None:
        """Whose it is."""
        return self.work.assigned_to_id if self.work else None

    @property
    def follow_up_on(self) -> dt.date | None:
        """Until when it rests."""
        return self.work.follow_up_on if self.work else None

    @property
    def subject(self) -> Subject:
        """What its links name."""
        facts = self.facts
        return Subject(
            claim_id=facts["pk"],
            client_id=facts["client_id"],
            coverage_id=facts["coverage_id"],
            is_own=facts["coverage__relationship"] == Coverage.Relationship.SELF,
            payer_id=facts["payer_id"],
            rendering_id=facts["rendering_id"],
            session_id=facts["attendance__session_id"],
            replaces=False,
        )


def load(actor: Actor, *, words: str = "", payer: int | None = None, clinician: int | None = None) -> list[Item]:
    """Everything that came back and matches; seven queries however many there are."""
    rows = visible_claims(actor).filter(status__in=CAME_BACK)
    return items(_narrowed(rows, words, payer, clinician))


def items(rows: QuerySet[Claim]) -> list[Item]:
    """These claims as items."""
    facts = list(rows.order_by("pk").values(*_FACTS))
    ids = [row["pk"] for row in facts]
    said, stakes = _answers(ids), at_stake(ids)
    works = {row.claim_id: row for row in ClaimWork.objects.filter(claim__in=ids)}
    holds = standing.of_claims(ids)
    return [_item(row, said.get(row["pk"]), stakes, works.get(row["pk"]), holds.get(row["pk"])) for row in facts]


def at_stake(claim_ids: Collection[int]) -> dict[int, Decimal]:
    """What its payer still owes on the charges of each claim, in dollars; two queries.

    A claim to a later payer (`follows`) has what that payer's coverage owes, the first what no later one does.
    """
    rows = ClaimLine.objects.filter(claim__in=list(claim_ids))
    facts = list(rows.values_list("claim_id", "charge_id", "claim__follows_id", "claim__coverage_id"))
    owed = _owed({charge for _, charge, _, _ in facts})
    sums: dict[int, Decimal] = {}
    for claim, charge, follows, coverage in facts:
        sums[claim] = sums.get(claim, ZERO) + owed.get((charge, coverage if follows else None), ZERO)
    return sums


def _owed(charge_ids: Collection[int]) -> dict[tuple[int, int | None], Decimal]:
    """What insurers owe by charge and later coverage; without one it is the first payer."""
    rows = LedgerLine.objects.filter(charge__in=list(charge_ids), account=Account.INSURER_RECEIVABLE)
    grouped = rows.order_by().values_list("charge_id", "coverage_id").annotate(sum=Sum("amount", default=ZERO))
    return {(charge, coverage): dollars for charge, coverage, dollars in grouped}


def _narrowed(rows: QuerySet[Claim], words: str, payer: int | None, clinician: int | None) -> QuerySet[Claim]:
    if words:
        rows = rows.filter(matching(words))
    if payer:
        rows = rows.filter(payer=payer)
    return rows.filter(rendering=clinician) if clinician else rows


def _answers(claim_ids: Sequence[int]) -> dict[int, ClaimEvent]:
    """The last refusal of each claim; one query."""
    rows = ClaimEvent.objects.filter(
        claim__in=list(claim_ids), kind=ClaimEvent.Kind.ANSWER, title__startswith="Rejected"
    )
    return {row.claim_id: row for row in rows.order_by("claim_id", "-pk").distinct("claim_id")}


def _item(
    facts: dict[str, Any],
    answer: ClaimEvent | None,
    stakes: Mapping[int, Decimal],
    work: ClaimWork | None,
    hold: Hold | None,
) -> Item:
    stake = stakes.get(facts["pk"], ZERO)
    if facts["status"] == Claim.Status.REJECTED and answer is not None:
        reason = reasons.of_answer(answer.source, answer.codes, answer.detail)
        return Item(facts, stake, reason, _last(answer), answer.at, work, hold)
    return Item(facts, stake, reasons.of_check(facts["problems"]), "", facts["made_at"], work, hold)


def _last(answer: ClaimEvent) -> str:
    """What the payer wrote in its own words (STC12), or where the fault stands (IK3, IK4)."""
    lines = answer.detail.splitlines()
    return lines[-1] if lines and (answer.source == "999" or not lines[-1].endswith(".")) else ""
