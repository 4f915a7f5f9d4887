"""What stands around the lines of a page: contracts and write-offs, and the pages the reader may open from here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.db.models import Sum

from billing.models import Account, ClaimLine, LedgerLine
from charting.policies import reach_of
from charting.policies import visible_attendances as with_documentation
from payroll.explained.policies import Reach
from payroll.explained.shapes import HELD, Group
from payroll.words import span
from practice.actors import Actor
from scheduling.models import Session
from scheduling.policies import visible_sessions

_TAKEN_OFF: Final = (Account.CONTRACTUAL, Account.WRITE_OFF, Account.BAD_DEBT)


@dataclass(frozen=True, slots=True)
class Cause:
    """The run whose line is put right."""

    run_id: int
    name: str


@dataclass(slots=True)
class Around:
    """By charge: what contracts and write-offs took off, and the claim. By id: what may be opened."""

    taken_off: Mapping[int, Mapping[str, Decimal]] = field(default_factory=dict)
    claims: Mapping[int, int] = field(default_factory=dict)
    sessions: Collection[int] = ()
    notes: Collection[int] = ()
    unsigned: Mapping[int, bool] = field(default_factory=dict)
    causes: Mapping[int, Cause] = field(default_factory=dict)
    remittances: Mapping[int, int] = field(default_factory=dict)
    charges_open: bool = False


def around(actor: Actor, reach: Reach, groups: Sequence[Group], unsigned: Mapping[int, bool]) -> Around:
    """Of the groups on the page, and which sessions were paid unsigned; eight queries at most."""
    lines = [line for group in groups for line in group.lines]
    waiting = {group.first.attendance_id or 0 for group in groups if group.section == HELD}
    if reach.is_own:
        waiting |= {number for number, waits in unsigned.items() if waits}
    charges = {line.charge_id for line in lines if line.charge_id}
    return Around(
        taken_off=_taken_off(charges),
        claims=_claims(actor, charges),
        sessions=_sessions(actor, {line.attendance.session_id for line in lines if line.attendance}),
        notes=_notes(actor, waiting),
        unsigned=unsigned,
        causes=_causes(reach, {line.cause_line_id for line in lines if line.cause_line_id}),
        remittances=_remittances(actor, {line.ledger_line_id for line in lines if line.ledger_line_id}),
        charges_open=actor.may("money:view"),
    )


def _taken_off(charge_ids: Collection[int]) -> dict[int, dict[str, Decimal]]:
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    if charge_ids:
        rows = LedgerLine.objects.filter(charge__in=charge_ids, account__in=_TAKEN_OFF)
        for row in rows.values("charge_id", "account").annotate(sum=Sum("amount")):
            found[row["charge_id"]][row["account"]] = row["sum"]
    return found


def _claims(actor: Actor, charge_ids: Collection[int]) -> dict[int, int]:
    """The last claim of each charge."""
    if not charge_ids or not actor.may("claims:view"):
        return {}
    rows = ClaimLine.objects.filter(charge__in=charge_ids).order_by("claim_id")
    return dict(rows.values_list("charge_id", "claim_id"))


def _sessions(actor: Actor, session_ids: Collection[int]) -> Collection[int]:
    if not session_ids or not actor.may("calendar:view", "calendar:own"):
        return ()
    if actor.may("calendar:view"):
        return session_ids
    rows = visible_sessions(actor) & Session.objects.filter(pk__in=session_ids)
    return set(rows.values_list("pk", flat=True))


def _notes(actor: Actor, attendance_ids: Collection[int]) -> Collection[int]:
    if not attendance_ids or not actor.may("documentation:view", "documentation:own", "documentation:cosign"):
        return ()
    rows = with_documentation(reach_of(actor)).filter(pk__in=attendance_ids)
    return set(rows.values_list("pk", flat=True))


def _causes(reach: Reach, line_ids: Collection[int]) -> dict[int, Cause]:
    if not line_ids:
        return {}
    rows = reach.lines().filter(pk__in=line_ids).select_related("run").defer("arithmetic")
    return {row.pk: Cause(row.run_id, span(row.run.starts_on, row.run.ends_on)) for row in rows}


def _remittances(actor: Actor, ledger_line_ids: Collection[int]) -> dict[int, int]:
    if not ledger_line_ids or not actor.may("remittances:view"):
        return {}
    rows = LedgerLine.objects.filter(pk__in=ledger_line_ids, remittance__isnull=False)
    return dict(rows.values_list("pk", "remittance_id"))
