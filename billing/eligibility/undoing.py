"""Takes back that a copay or a payer of an answer was put on the coverage, as long as nothing was built on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from billing.eligibility.errors import EligibilityRefusedError
from billing.models import Claim
from clients.errors import ClientRefusedError
from clients.models import Coverage
from clients.selectors.parts import part
from clients.services import change_coverage, end_coverage, remove_coverage, reopen_coverage
from practice.actors import Actor
from practice.models import PracticePayer

_KEPT = (
    "rank", "member_id", "group_number", "relationship", "subscriber_first_name", "subscriber_last_name",
    "subscriber_date_of_birth", "subscriber_sex", "address1", "address2", "city", "state", "zip", "plan_name",
    "starts_on", "ends_on", "copay",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Before:
    """A coverage before a click changed it, as plain values: keys, dollars as text, a day as text."""

    coverage_id: int
    payer_id: int
    plan_name: str
    copay: str
    ends_on: str

    def as_facts(self, made: Coverage) -> dict[str, Any]:
        """With what the click made of it, to be kept until Undo."""
        after = {"made": made.pk, "payer": made.payer_id, "copay_after": _text(made.copay)}
        return asdict(self) | after


def before(row: Coverage) -> Before:
    """The coverage as it is now."""
    return Before(row.pk, row.payer_id, row.plan_name, _text(row.copay), row.ends_on.isoformat() if row.ends_on else "")


@transaction.atomic
def take_back(*, actor: Actor, facts: dict[str, Any]) -> Coverage:
    """The coverage as it was before the click; EligibilityRefusedError where it was changed or used since."""
    actor.require("eligibility:edit")
    row = part(actor, Coverage, facts["made"])
    if (row.payer_id, _text(row.copay)) != (facts["payer"], facts["copay_after"]):
        raise EligibilityRefusedError("The coverage was changed since. Correct it on its own page.")
    if facts["made"] != facts["coverage_id"]:
        return _in_words(lambda: _former(actor, row, facts))
    if row.payer_id != facts["payer_id"] and Claim.objects.filter(coverage=row).exists():
        raise EligibilityRefusedError(f"A claim asks {row.payer} by now. Correct the coverage on its own page.")
    values = {name: getattr(row, name) for name in _KEPT} | {
        "payer": PracticePayer.objects.get(pk=facts["payer_id"]),
        "plan_name": facts["plan_name"],
        "copay": Decimal(facts["copay"]) if facts["copay"] else None,
    }
    return _in_words(lambda: change_coverage(actor=actor, coverage_id=row.pk, **values))


def _former(actor: Actor, made: Coverage, facts: dict[str, Any]) -> Coverage:
    """The coverage that was added goes, the one before runs as it ran."""
    remove_coverage(actor=actor, coverage_id=made.pk)
    former = part(actor, Coverage, facts["coverage_id"])
    if facts["ends_on"]:
        until = dt.date.fromisoformat(facts["ends_on"])
        return end_coverage(actor=actor, coverage_id=former.pk, ends_on=until)
    return reopen_coverage(actor=actor, coverage_id=former.pk) if former.ends_on else former


def _text(amount: Decimal | None) -> str:
    return "" if amount is None else str(amount)


def _in_words(change: Callable[[], Coverage]) -> Coverage:
    try:
        return change()
    except ClientRefusedError as error:
        raise EligibilityRefusedError(str(error)) from error
