"""Reads how payers treated the claims of some months: a fixed number of queries, set-based."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Min

from billing.models import Claim, ClaimEvent, Denial, Remittance, RemittanceClaim, Submission
from desk.reports.payers.figures import BEHIND, Fact, Figures, figures
from practice import clock
from practice.actors import Actor
from practice.models import Practice

MONTHS: Final = 6
ON_A_PAGE: Final = 50
_SILENT: Final = (Claim.Status.SENT, Claim.Status.BATCHED, Claim.Status.READY)


@dataclass(frozen=True, slots=True)
class Row:
    """One payer with its figures over all months, and each month's."""

    payer_id: int
    payer: str
    whole: Figures
    months: list[tuple[str, Figures]]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim behind a figure."""

    claim: Claim
    fact: Fact


@dataclass(frozen=True, slots=True)
class Report:
    """All payers, the most claims first, with everything together."""

    months: list[str]
    rows: list[Row]
    whole: Figures


def report(actor: Actor, practice: Practice, names: dict[int, str]) -> Report:
    """The figures of the last six months; five queries."""
    actor.require("reports:view")
    months = months_of(clock.today(practice))
    facts = load(practice, months[0])
    by_payer: dict[int, list[Fact]] = {}
    for one in facts:
        by_payer.setdefault(one.payer_id, []).append(one)
    rows = [
        Row(
            payer_id,
            names.get(payer_id, ""),
            figures(mine),
            [(month, figures(one for one in mine if one.month == month)) for month in months],
        )
        for payer_id, mine in by_payer.items()
    ]
    return Report(months, sorted(rows, key=lambda row: (-row.whole.sent, row.payer)), figures(facts))


def claims_of(
    actor: Actor, practice: Practice, *, payer: int | None, month: str, figure: str, number: str
) -> tuple[Page[Any], list[ClaimRow]]:
    """The claims behind a figure, the newest first, fifty on a page; six queries."""
    actor.require("reports:view")
    is_behind = BEHIND.get(figure, BEHIND["sent"])
    found = [
        one
        for one in load(practice, months_of(clock.today(practice))[0])
        if is_behind(one) and (payer is None or one.payer_id == payer) and month in {"", one.month}
    ]
    page: Page[Any] = Paginator(sorted(found, key=_newest, reverse=True), ON_A_PAGE).get_page(number)
    wanted = [one.claim_id for one in page.object_list]
    rows = {row.pk: row for row in Claim.objects.filter(pk__in=wanted).select_related("client", "payer", "rendering")}
    return page, [ClaimRow(rows[one.claim_id], one) for one in page.object_list if one.claim_id in rows]


def load(practice: Practice, month: str) -> list[Fact]:
    """A fact for each original to a first payer that was first sent in that month or later; five queries."""
    since = clock.instant(practice, dt.date.fromisoformat(f"{month}-01"), dt.time(0))
    originals = Claim.objects.filter(frequency=Claim.Frequency.ORIGINAL, replaces=None, follows=None)
    sent = Submission.objects.filter(claim__in=originals.values("pk"), request__sent_at__isnull=False)
    first = dict(
        sent.order_by().values_list("claim_id").annotate(first=Min("request__sent_at")).filter(first__gte=since)
    )
    facts = originals.filter(pk__in=list(first)).values_list("pk", "payer_id", "status")
    rejected, denied = _rejected(first), _denied(first)
    decided, paid = _decided(first)
    made = []
    for pk, payer_id, status in facts:
        sent_on = clock.local(practice, first[pk]).date()
        paid_on = paid.get(pk)
        made.append(
            Fact(
                claim_id=pk,
                payer_id=payer_id,
                sent_on=sent_on,
                is_answered=status not in _SILENT or pk in rejected,
                is_rejected=pk in rejected,
                is_decided=pk in decided,
                is_denied=pk in denied,
                days=max((paid_on - sent_on).days, 0) if paid_on else None,
            )
        )
    return made


def months_of(today: dt.date) -> list[str]:
    """The last six months as `2026-06`, the oldest first."""
    count = today.year * 12 + today.month - 1
    return [f"{at // 12}-{at % 12 + 1:02}" for at in range(count - MONTHS + 1, count + 1)]


def _newest(one: Fact) -> tuple[dt.date, int]:
    return one.sent_on, one.claim_id


def _rejected(ids: Collection[int]) -> set[int]:
    rows = ClaimEvent.objects.filter(claim__in=list(ids), kind=ClaimEvent.Kind.ANSWER, title__startswith="Rejected")
    return set(rows.values_list("claim_id", flat=True))


def _denied(ids: Collection[int]) -> set[int]:
    return set(Denial.objects.filter(claim__in=list(ids)).values_list("claim_id", flat=True))


def _decided(ids: Collection[int]) -> tuple[set[int], dict[int, dt.date]]:
    """Which claims a posted remittance answered, and the date of the first that paid something."""
    rows = RemittanceClaim.objects.filter(claim__in=list(ids), remittance__status=Remittance.Status.POSTED)
    answered, paid = set(), dict[int, dt.date]()
    for claim_id, amount, paid_on in rows.values_list("claim_id", "paid", "remittance__paid_on"):
        answered.add(claim_id)
        if amount > 0 and paid_on is not None:
            paid[claim_id] = min(paid.get(claim_id, paid_on), paid_on)
    return answered, paid
