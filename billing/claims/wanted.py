"""What a payer's rules make of a claim: who renders it, where, with which modifiers, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from billing.models import Claim
from practice.models import PayerRules
from practice.models.payer_rules import AUDIO, VIDEO
from scheduling.models import Attendance
from scheduling.readiness.facts.clinicians import SUPERVISED_LEVELS

_MOST_MODIFIERS: Final = 4
_FOR_EVERY_LINE: Final = VIDEO | AUDIO


def apply_rules(claim: Claim, rules: PayerRules) -> None:
    """Sets what the rules of the date of service alone decide: deadline, taxonomies, what the client paid."""
    claim.file_by = claim.service_on + dt.timedelta(days=rules.filing_days)
    claim.taxonomy = rules.taxonomy
    claim.reports_patient_paid = rules.reports_patient_paid


def people(rendering_id: int, row: Attendance, rules: PayerRules) -> tuple[int, int | None]:
    """Who renders and who supervises on the claim (2310B, 2310D), by id."""
    above = row.supervising_id
    if above is None or not is_supervised(row):
        return rendering_id, None
    if rules.supervised == PayerRules.Supervised.SUPERVISOR:
        return above, None
    named = rules.supervised == PayerRules.Supervised.ASSOCIATE
    return rendering_id, above if named else None


def is_supervised(row: Attendance) -> bool:
    """Whether who gave the session works under somebody, as payers see it."""
    return row.rendering is not None and row.rendering.level in SUPERVISED_LEVELS


def marks(row: Attendance, rules: PayerRules) -> tuple[list[str], list[str]]:
    """Modifiers that every line has, and those of them that the session's own line may lack."""
    given = [mark for mark in row.modifiers if mark in _FOR_EVERY_LINE]
    taken = rules.supervised != PayerRules.Supervised.REFUSED and row.supervising_id is not None
    level = [rules.supervised_modifier] if taken and rules.supervised_modifier and is_supervised(row) else []
    return [*given, *level], level


def with_marks(modifiers: Sequence[str], added: Sequence[str]) -> list[str]:
    """The modifiers and those added, each once; a line has room for four."""
    return list(dict.fromkeys([*modifiers, *added]))[:_MOST_MODIFIERS]


def late(claims: Iterable[Claim], today: dt.date) -> dict[str, str]:
    """What keeps claims here that come after their deadline without saying why, by number, in a sentence."""
    return {
        claim.number: f"The filing deadline was {claim.file_by:%b} {claim.file_by.day}. Say why the claim is late."
        for claim in claims
        if claim.file_by is not None and claim.file_by < today and _asks_anew(claim) and not claim.delay_reason
    }


def _asks_anew(claim: Claim) -> bool:
    """Whether the deadline is this claim's own; a replacement or void has the time of the claim it is for."""
    return claim.replaces_id is None
