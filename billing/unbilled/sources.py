"""Everything that no payer was asked for yet, from where it stands: calendar, charges, claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from billing.day.judging import STEPS, Judged, judge_loaded
from billing.day.selectors import UNCONFIRMED
from billing.holds import standing
from billing.models import Account, Charge, Claim, ClaimSession, LedgerLine
from billing.rejections.loading import at_stake, items
from billing.unbilled.shapes import Entry, Stage, Way
from billing.unbilled.words import CHECK, CORRECT, NO_CLAIM, ON_HOLD, READY, SEND
from clients.models import Coverage
from practice import clock
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO
from practice.payer_rules import rulebook
from scheduling.models import Attendance
from scheduling.policies import visible_attendances
from scheduling.readiness import Finding, load_rows

MOST: Final = 1000
"""So many sessions are judged at once, the nearest deadlines first."""
WAITS: Final = (Claim.Status.DRAFT, Claim.Status.READY, Claim.Status.REJECTED)
_FAR: Final = dt.date.max


class _Block(NamedTuple):
    """What is in the way: a code many share, its sentences, and the action that clears it."""

    code: str
    title: str
    why: str
    way: Way


def sessions(actor: Actor, practice: Practice, by: dt.date | None = None) -> tuple[list[Entry], int]:
    """What took place and is not billed, and how many more than are judged; `by` narrows to deadlines until then.

    Some twenty queries however many there are.
    """
    near = sorted(deadlines(actor, practice), key=lambda one: (one[1], one[0]))
    wanted = [pk for pk, deadline in near if by is None or deadline <= by]
    judged = judge_loaded(load_rows(wanted[:MOST]), actor=actor) if wanted else {}
    found = [_of_session(one, practice) for one in judged.values() if not one.facts.is_canceled]
    return found, max(len(wanted) - MOST, 0)


def charged(practice: Practice) -> list[Entry]:
    """What is billed to an insurer, still owed, and asked with no claim; four queries."""
    asked = ClaimSession.objects.filter(attendance=OuterRef("attendance")).exclude(claim__status=Claim.Status.WITHDRAWN)
    rows = Charge.objects.filter(~Exists(asked), payer__isnull=False, undone_at=None)
    charges = list(rows.select_related("client", "payer", "clinician", "attendance").order_by("service_on", "pk"))
    if not charges:
        return []
    owed = _owed([row.pk for row in charges])
    rules = rulebook({row.payer_id for row in charges if row.payer_id is not None})
    withdrawn = _withdrawn([row.attendance_id for row in charges])
    sums: dict[int, Decimal] = {}
    for row in charges:
        sums[row.attendance_id] = sums.get(row.attendance_id, ZERO) + owed.get(row.pk, ZERO)
    firsts = {row.attendance_id: row for row in reversed(charges)}
    return [
        _of_charge(row, sums[key], rules.on(row.payer_id or 0, row.service_on).filing_days, withdrawn, practice)
        for key, row in firsts.items()
        if sums[key] > ZERO
    ]


def claims(practice: Practice, rows: QuerySet[Claim]) -> list[Entry]:
    """Claims that wait here: drafts, ready, rejected; secondary ones apart. Twelve queries."""
    here = rows.filter(status__in=WAITS)
    found = list(here.select_related("client", "payer", "rendering").order_by("file_by", "pk"))
    back = {one.id: one for one in items(here.exclude(status=Claim.Status.READY))}
    stakes = at_stake([row.pk for row in found])
    held = standing.of_claims([row.pk for row in found])
    made = []
    for row in found:
        item = back.get(row.pk)
        block = _Block(SEND, "The claim is ready to send.", "", _link(practice, "Send it", "claim", row.pk))
        if row.pk in held:
            block = _Block(
                ON_HOLD, "It is on hold.", held[row.pk].reason, _link(practice, "See what is on hold", "holds")
            )
        elif item is not None:
            code = CORRECT if row.status == Claim.Status.REJECTED else CHECK
            correct = _link(practice, "Correct and resend", "correct_claim", row.pk)
            block = _Block(code, item.reason.words, item.reason.cause, correct)
        made.append(_of_claim(row, stakes.get(row.pk, ZERO), block, practice))
    return made


def _of_claim(row: Claim, amount: Decimal, block: _Block, practice: Practice) -> Entry:
    return Entry(
        stage=Stage.SECONDARY if row.follows_id else Stage.CLAIM,
        key=row.pk,
        url=reverse("claim", args=[practice.slug, row.pk]),
        client=row.client.name,
        on=row.service_on,
        payer=row.payer.name,
        payer_id=row.payer_id,
        clinician=row.rendering.name,
        clinician_id=row.rendering_id,
        deadline=row.file_by,
        amount=amount,
        code=block.code,
        title=block.title,
        why=block.why,
        way=block.way,
        until=row.served_until,
        session_count=row.session_count,
    )


def deadlines(actor: Actor, practice: Practice) -> Iterator[tuple[int, dt.date]]:
    """Each unconfirmed session that began, with its payer's deadline as the calendar knows it; two queries."""
    plan = Coverage.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("session__starts_at__date")),
        client=OuterRef("client"),
        rank=Coverage.Rank.PRIMARY,
        starts_on__lte=OuterRef("session__starts_at__date"),
    )
    rows = visible_attendances(actor).filter(status__in=UNCONFIRMED, session__starts_at__lte=clock.now())
    absent = Q(status__in=(Attendance.Status.LATE_CANCELED, Attendance.Status.NO_SHOW))
    alone = Q(service__insured=False) | Q(service=None, session__service__insured=False)
    named = rows.annotate(
        asked=Coalesce("coverage__payer_id", Subquery(plan.values("payer_id")[:1]), output_field=BigIntegerField())
    )
    own = Case(When(absent | alone | Q(self_pay=True), then=Value(value=True)), default=Value(value=False))
    facts = list(named.annotate(own=own).values_list("pk", "session__starts_at", "asked", "own"))
    rules = rulebook({payer for _, _, payer, _ in facts if payer is not None})
    for pk, starts_at, payer, is_own in facts:
        on = clock.local(practice, starts_at).date()
        days = None if payer is None or is_own else rules.on(payer, on).filing_days
        yield pk, _FAR if days is None else on + dt.timedelta(days=days)


def _of_session(one: Judged, practice: Practice) -> Entry:
    facts = one.facts
    payer = facts.coverage.payer if facts.is_claim and facts.coverage else None
    code, title, why, way = _in_the_way(one, practice)
    return Entry(
        stage=Stage.SESSION,
        key=facts.key,
        url=_at_its_row(practice, facts.key, facts.date),
        client=facts.client.name,
        on=facts.date,
        payer=payer.name if payer else "Self-pay",
        payer_id=payer.id if payer else 0,
        clinician=facts.rendering.name if facts.rendering else "No clinician",
        clinician_id=facts.rendering.id if facts.rendering else 0,
        deadline=facts.deadline if payer else None,
        amount=one.amount,
        code=code,
        title=title,
        why=why,
        way=way,
    )


def _in_the_way(one: Judged, practice: Practice) -> tuple[str, str, str, Way]:
    """The worst finding that blocks, with its action; else that it is ready."""
    day = Way("Open the billing day", _at_its_row(practice, one.facts.key, one.facts.date))
    worst: Finding | None = next((f for f in one.findings if f.blocks and f.stage in STEPS), None)
    if worst is None:
        return READY, "It is ready to bill.", "", day
    opens = next((act for act in worst.actions if act.url_name), None)
    if opens is None or any(act.field for act in worst.actions):
        return worst.code, worst.title, worst.why, day
    way = Way(opens.label, reverse(opens.url_name, args=[practice.slug, *opens.url_args]))
    return worst.code, worst.title, worst.why, way


def _of_charge(
    row: Charge, amount: Decimal, filing_days: int, withdrawn: Mapping[int, int], practice: Practice
) -> Entry:
    claim = withdrawn.get(row.attendance_id)
    session = row.attendance.session_id
    way = (
        _link(practice, "Make the claim ready again", "claim", claim)
        if claim
        else _link(practice, "See the session", "session", session)
    )
    why = "Its claim was withdrawn." if claim else "No claim was made when it was billed."
    return Entry(
        stage=Stage.CHARGED,
        key=row.attendance_id,
        url=reverse("client_charge", args=[practice.slug, row.pk]),
        client=row.client.name,
        on=row.service_on,
        payer=row.payer.name if row.payer else "",
        payer_id=row.payer_id or 0,
        clinician=row.clinician.name,
        clinician_id=row.clinician_id,
        deadline=row.service_on + dt.timedelta(days=filing_days),
        amount=amount,
        code=NO_CLAIM,
        title="Nobody is asked for it.",
        why=why,
        way=way,
    )


def _withdrawn(attendance_ids: Collection[int]) -> dict[int, int]:
    """The last withdrawn claim of each attendance."""
    rows = ClaimSession.objects.filter(attendance__in=list(attendance_ids), claim__status=Claim.Status.WITHDRAWN)
    return dict(rows.order_by("claim").values_list("attendance_id", "claim_id"))


def _owed(charge_ids: Sequence[int]) -> dict[int, Decimal]:
    rows = LedgerLine.objects.filter(charge__in=list(charge_ids), account=Account.INSURER_RECEIVABLE)
    return dict(rows.order_by().values_list("charge_id").annotate(sum=Sum("amount", default=ZERO)))


def _link(practice: Practice, label: str, name: str, *ids: int) -> Way:
    return Way(label, reverse(name, args=[practice.slug, *ids]))


def _at_its_row(practice: Practice, attendance_id: int, on: dt.date) -> str:
    return f"{reverse('billing_day_on', args=[practice.slug, on.isoformat()])}#att-{attendance_id}"
