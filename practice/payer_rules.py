"""Which rules of a payer count on a date of service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Final

from django.db.models import Exists, OuterRef, Q

from practice.models import PayerRules
from practice.models.payer_rules import ALWAYS

__all__ = ["ALWAYS", "MEDICARE", "RULES", "Rulebook", "holds", "rulebook", "rules_on", "usual", "where"]

RULES: Final = (
    "note", "taxonomy", "home_place", "elsewhere_place", "video_modifier", "audio_modifier", "supervised",
    "supervised_modifier", "wants_cosignature", "wants_referring", "filing_days", "secondary_filing_days",
    "authorized_codes", "reports_patient_paid", "received_is_accepted", "takes_replacements",
    "sessions", "member_id_form",
)  # fmt: skip
"""What a set of rules says, apart from its days."""

MEDICARE: Final = "MB"


class Rulebook:
    """The rules of some payers, to be asked by date."""

    def __init__(self, rows: Iterable[PayerRules]) -> None:
        self._rows: dict[int, list[PayerRules]] = {}
        for row in rows:
            self._rows.setdefault(row.payer_id, []).append(row)

    def on(self, payer_id: int, date: dt.date) -> PayerRules:
        """The rules that count on the date; where nothing is written down for it, the defaults."""
        found = (row for row in self._rows.get(payer_id, ()) if holds(row, date))
        return next(found, None) or PayerRules(payer_id=payer_id, starts_on=ALWAYS)


def rulebook(payer_ids: Collection[int] | None = None) -> Rulebook:
    """The rules of these payers, or of all; one query."""
    rows = PayerRules.objects.filter(withdrawn_at=None)
    return Rulebook(rows if payer_ids is None else rows.filter(payer__in=payer_ids))


def rules_on(payer_id: int, date: dt.date) -> PayerRules:
    """One payer's rules on a date; one query."""
    return rulebook([payer_id]).on(payer_id, date)


def holds(row: PayerRules, date: dt.date) -> bool:
    """Whether the rules are of a span that has the date."""
    return row.starts_on <= date and (row.ends_on is None or date <= row.ends_on)


def where(payer: str, date: OuterRef, **said: object) -> Exists:
    """That the payer named by the column `payer` has rules on the date that say this, which the defaults do not."""
    rows = PayerRules.objects.filter(payer=OuterRef(payer), withdrawn_at=None, starts_on__lte=date, **said)
    return Exists(rows.filter(Q(ends_on=None) | Q(ends_on__gte=date)))


def usual(claim_filing_indicator: str = "") -> dict[str, object]:
    """What holds where nothing is written down; Medicare takes no replacements and no voids (`edi.md` 3.3)."""
    row = PayerRules(takes_replacements=claim_filing_indicator != MEDICARE)
    return {name: getattr(row, name) for name in RULES}
