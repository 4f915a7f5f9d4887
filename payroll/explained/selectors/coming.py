"""What is on its way: sessions billed to insurers and not paid yet, and what somebody may expect of them.

Nobody knows before the answer what an insurer allows. What is expected is what the same insurer paid of this person's
charges in the last half year, as a part of what was charged, times the person's share; never more than is still open.
A fixed amount is expected as it is. Where neither is known the sessions are only counted.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.db.models import OuterRef, Subquery, Sum

from billing.models import Account, Claim, ClaimLine, LedgerLine
from payroll.calculation import matching
from payroll.calculation.facts import Rule, Service
from payroll.calculation.postings import fixed
from payroll.explained.policies import Reach
from payroll.explained.rules import Version
from payroll.explained.shapes import Coming, FromPayer
from payroll.loading.events import of_charges
from practice.money import ZERO, cents, total

S = Claim.Status
_UNDER_WAY: Final = (S.READY, S.BATCHED, S.SENT, S.RECEIVED, S.ACCEPTED)
_HALF_A_YEAR: Final = dt.timedelta(days=182)
_ENOUGH: Final = 3
_WHOLE: Final = 100


@dataclass(slots=True)
class _Waiting:
    """Charges of one insurer."""

    name: str
    sessions: set[int] = field(default_factory=set)
    expected: list[Decimal] = field(default_factory=list)
    figured: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Open:
    """A charge that an insurer has not answered, in dollars."""

    payer_id: int
    payer: str
    charged: Decimal
    owed: Decimal


def coming(reach: Reach, versions: Sequence[Version], today: dt.date) -> Coming:
    """By insurer, the largest expectation first; three queries."""
    claimed = _claimed(reach)
    if not claimed:
        return Coming([])
    services = of_charges(claimed)
    parts = _parts(reach, {one.payer_id for one in claimed.values()}, today)
    found: dict[int, _Waiting] = {}
    for number, one in claimed.items():
        rule = _rule(versions, services[number])
        if rule is not None and rule.recognized == "paid":
            waiting = found.setdefault(one.payer_id, _Waiting(one.payer))
            _add(waiting, one, services[number], rule, parts.get(one.payer_id))
    return _coming(found.values(), has_parts=bool(parts))


def _claimed(reach: Reach) -> dict[int, _Open]:
    """Charges on claims under way of which the insurer still owes something, by key."""
    receivable = LedgerLine.objects.filter(charge=OuterRef("charge"), account=Account.INSURER_RECEIVABLE)
    still_owed = receivable.order_by().values("charge").annotate(sum=Sum("amount")).values("sum")
    rows = ClaimLine.objects.filter(
        charge__clinician=reach.clinician_id,
        charge__undone_at=None,
        claim__status__in=_UNDER_WAY,
        claim__frequency__in=(Claim.Frequency.ORIGINAL, Claim.Frequency.REPLACEMENT),
    ).annotate(still_owed=Subquery(still_owed))
    taken = rows.filter(still_owed__gt=ZERO).order_by("claim_id").select_related("charge", "claim__payer")
    return {
        row.charge_id: _Open(row.claim.payer_id, row.claim.payer.name, row.charge.amount, row.still_owed)
        for row in taken
    }


def _parts(reach: Reach, payer_ids: Collection[int], today: dt.date) -> dict[int, Decimal]:
    """What each insurer paid as a part of what was charged, where it paid at least three charges."""
    rows = LedgerLine.objects.filter(
        clinician=reach.clinician_id,
        account=Account.PAYER_CLEARING,
        charge__payer__in=payer_ids,
        posted_on__gte=today - _HALF_A_YEAR,
    )
    paid: dict[int, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    grouped = rows.values("charge_id", "charge__amount", "charge__payer_id").annotate(sum=Sum("amount"))
    for row in grouped.order_by():
        if row["sum"] > ZERO and row["charge__amount"] > ZERO:
            paid[int(row["charge__payer_id"])].append((row["sum"], row["charge__amount"]))
    return {
        payer: total(one for one, _ in sums) / total(all_ for _, all_ in sums)
        for payer, sums in paid.items()
        if len(sums) >= _ENOUGH
    }


def _rule(versions: Sequence[Version], service: Service) -> Rule | None:
    """The rule of the day of service."""
    version = next((one for one in versions if one.rules.covers(service.on)), None)
    return matching.rule_for(version.rules, service) if version else None


def _add(waiting: _Waiting, one: _Open, service: Service, rule: Rule, part: Decimal | None) -> None:
    waiting.sessions.add(service.attendance_id)
    if rule.method == "flat":
        waiting.expected.append(fixed(rule, service.units))
    elif part is not None:
        waiting.expected.append(cents(min(part * one.charged, one.owed) * (rule.rate or ZERO)))
    else:
        return
    waiting.figured.add(service.attendance_id)


def _coming(found: Iterable[_Waiting], *, has_parts: bool) -> Coming:
    waiting = list(found)
    highest = max((total(one.expected) for one in waiting), default=ZERO)
    rows = [_row(one, highest) for one in waiting]
    return Coming(
        payers=sorted(rows, key=lambda row: (-(row.expected or ZERO), -row.count, row.name)),
        sessions=len({number for one in waiting for number in one.sessions}),
        figured=len({number for one in waiting for number in one.figured}),
        expected=total(row.expected or ZERO for row in rows),
        from_history=has_parts,
    )


def _row(one: _Waiting, highest: Decimal) -> FromPayer:
    expected = total(one.expected) if one.expected else None
    share = int((expected or ZERO) * _WHOLE / highest) if highest > ZERO else 0
    return FromPayer(one.name, len(one.sessions), expected, share)
